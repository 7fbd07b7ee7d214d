import { Clock, decodeCursor, IdempotencyKeys, Jobs, Mongo, newId, notFound, page } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Campaign, type CampaignState } from '../campaign/campaign.schema';
import { CAMPAIGN_QUEUE, REMEMBERED_MS } from '../campaign/campaigns';
import { Message } from '../message/message.schema';
import { wrongState } from '../problems.templates';
import { WORKFLOWS } from '../workflow/workflows';
import { CampaignViews } from './campaign-views';
import type { CampaignListView, CampaignsQuery, CampaignView, NewCampaignDto } from './manage-campaigns.dto';

type Step = 'start' | 'pause' | 'cancel';

/** From which states each step leads where. */
export const CAMPAIGN_STEPS: Readonly<Record<Step, { from: readonly CampaignState[]; to: CampaignState }>> = {
  start: { from: ['ready', 'paused'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  cancel: { from: ['counting', 'ready', 'running', 'paused'], to: 'cancelled' },
};

/** What people decide about campaigns; the job carries them out. */
@Injectable()
export class ManageCampaignsHandler {
  constructor(
    @InjectModel(Campaign.name) private readonly campaigns: Model<Campaign>,
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly views: CampaignViews,
    private readonly idempotency: IdempotencyKeys,
    private readonly mongo: Mongo,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async create({ name, texts, audience, channels }: NewCampaignDto, createdBy: string): Promise<CampaignView> {
    const campaign: Campaign = {
      _id: newId(),
      ...{ name, createdBy, texts, audience, channels: channels ?? [...WORKFLOWS.campaign.channels] },
      state: 'counting',
      version: 0,
      count: { people: 0, byChannel: {} },
      isPlanned: false,
      planned: 0,
      dueAt: new Date(),
      createdAt: this.clock.now(),
    };
    return this.mongo.transaction(async (session) => {
      await this.campaigns.insertMany([campaign], { session });
      const answer = await this.views.of(campaign);
      await this.idempotency.record(answer, session);
      this.mongo.afterCommit(session, () => this.wake(campaign));
      return answer;
    });
  }

  /** A step that was taken already is answered with what is; one that does not lead on from here is refused. */
  async move(id: string, step: Step): Promise<CampaignView> {
    const { from, to } = CAMPAIGN_STEPS[step];
    const now = this.clock.now();
    const set = {
      state: to,
      ...(to === 'running' && { dueAt: new Date() }),
      ...(to === 'cancelled' && { endedAt: now }),
    };
    const unset = to === 'running' ? {} : { dueAt: 1 as const };
    const update = { $set: set, $unset: unset, $inc: { version: 1 } };
    const moved = await this.campaigns
      .findOneAndUpdate({ _id: id, state: { $in: [...from] } }, update, { returnDocument: 'after' })
      .lean();
    const campaign = moved ?? (await this.find(id));
    if (campaign.state !== to) throw wrongState({ state: campaign.state });
    if (moved && to === 'running') await this.goOn(moved, now);
    if (moved && to === 'cancelled') await this.release(moved, {});
    return this.views.of(campaign);
  }

  async show(id: string): Promise<CampaignView> {
    return this.views.of(await this.find(id));
  }

  async list({ state, limit, cursor }: CampaignsQuery): Promise<CampaignListView> {
    const after = decodeCursor<{ id?: unknown }>(cursor)?.id;
    const filter = { ...(state && { state }), ...(typeof after === 'string' && { _id: { $lt: after } }) };
    const rows = await this.campaigns
      .find(filter)
      .sort({ _id: -1 })
      .limit(limit + 1)
      .lean();
    const { items, nextCursor } = page(rows, limit, ({ _id }) => ({ id: _id }));
    return { items: await Promise.all(items.map((campaign) => this.views.of(campaign))), nextCursor };
  }

  private async goOn(campaign: Campaign, now: Date): Promise<void> {
    await this.campaigns.updateOne({ _id: campaign._id, startedAt: null }, { $set: { startedAt: now } });
    await this.release(campaign, { code: 'campaign_paused' });
    this.wake(campaign);
  }

  /** What waits learns how the campaign goes on, as soon as every process knows it. */
  private async release({ _id: cause }: Campaign, why: { code?: string }): Promise<void> {
    await this.messages.updateMany(
      { cause, state: 'held', ...why },
      { $set: { dueAt: new Date(Date.now() + REMEMBERED_MS) } },
    );
  }

  private async find(id: string): Promise<Campaign> {
    const campaign = await this.campaigns.findById(id).lean();
    if (!campaign) throw notFound();
    return campaign;
  }

  private wake({ _id, version }: Campaign): void {
    void this.jobs.wake(CAMPAIGN_QUEUE, { id: `${_id}-run-${version}`, data: { campaignId: _id } });
  }
}
