import type { Channel } from '@idxcoop/contracts';
import { Clock, Job, type JobHandler, Jobs, Log, Mongo, ServiceClient, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, UpdateQuery } from 'mongoose';
import { Campaign, type CampaignCount } from '../campaign/campaign.schema';
import { CAMPAIGN_QUEUE } from '../campaign/campaigns';
import { type Language, Message } from '../message/message.schema';
import { Messages } from '../message/messages';
import { Suppressions } from '../suppression/suppressions';
import { settingsOf } from '../workflow/workflows';

const PAGE = 200;
const AFTER_A_FAILURE = 5_000;
const BETWEEN_LOOKS = 2_000;
/** Another process takes over from one that died in the middle of a page. */
const TAKEN_FOR = 30_000;

interface ReachableContact {
  contactId: string;
  channel: Channel;
  addressHash: string;
}

interface ReachablePerson {
  personId: string;
  cooperativeId: string;
  language: Language;
  contacts: ReachableContact[];
}

interface People {
  items: ReachablePerson[];
  nextCursor: string | null;
}

/**
 * Carries a campaign on: counts its people, then plans their messages, a page at a time, then waits until all are delivered. A
 * page and the cursor behind it are one transaction, confirmed on the version that it began with: a pause, another process or
 * a repetition makes it nothing.
 */
@Job({ queue: CAMPAIGN_QUEUE, concurrency: 2 })
export class RunCampaignJob implements JobHandler<{ campaignId: string }> {
  constructor(
    @InjectModel(Campaign.name) private readonly campaigns: Model<Campaign>,
    @InjectModel(Message.name) private readonly sent: Model<Message>,
    private readonly messages: Messages,
    private readonly suppressions: Suppressions,
    private readonly services: ServiceClient,
    private readonly mongo: Mongo,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async process({ campaignId }: { campaignId: string }): Promise<void> {
    const taken = { dueAt: new Date(Date.now() + TAKEN_FOR) };
    const due = {
      _id: campaignId,
      state: { $in: ['counting' as const, 'running' as const] },
      dueAt: { $lte: new Date() },
    };
    let campaign: Campaign | null = await this.campaigns
      .findOneAndUpdate(due, { $set: taken }, { returnDocument: 'after' })
      .lean();
    try {
      while (campaign && !campaign.isPlanned) campaign = await this.turnPage(campaign);
      if (campaign?.state === 'running') await this.look(campaign);
    } catch (error) {
      this.log.warn({ err: error, campaignId }, 'a campaign cannot go on now; it is tried again');
      await this.lookAgain(campaignId, AFTER_A_FAILURE);
    }
  }

  async due(_now: Date, limit: number): Promise<Wakeup<{ campaignId: string }>[]> {
    const due = await this.campaigns
      .find({ dueAt: { $lte: new Date() } }, { version: 1 })
      .limit(limit)
      .lean();
    return due.map(({ _id, version }) => ({ id: `${_id}-run-${version}`, data: { campaignId: _id } }));
  }

  /** Null where the campaign is not to go on, or goes on elsewhere. */
  private async turnPage(campaign: Campaign): Promise<Campaign | null> {
    const { items, nextCursor } = await this.ask(campaign);
    return this.mongo.transaction(async (session) => {
      const after = await this.campaigns
        .findOneAndUpdate(
          { _id: campaign._id, state: campaign.state, version: campaign.version },
          turned(campaign, items, nextCursor),
          { session, returnDocument: 'after' },
        )
        .lean();
      // Where it was paused meanwhile or goes on elsewhere, nobody is planned: the page comes again.
      if (after && campaign.state === 'running') for (const person of items) await this.plan(campaign, person, session);
      return after?.state === 'ready' ? null : after;
    });
  }

  private async ask({ audience, cursor }: Campaign): Promise<People> {
    const query = new URLSearchParams({ limit: String(PAGE), ...(cursor && { cursor }) });
    for (const [name, values] of Object.entries(audience)) if (values?.length) query.set(name, values.join(','));
    const people = await this.services.get<People>('onboarding', `/internal/reachable-people?${query}`);
    if (!people) return { items: [], nextCursor: null };
    const items = await Promise.all(
      people.items.map(async (person) => ({ ...person, contacts: await this.open(person) })),
    );
    return { ...people, items: items.filter(({ contacts }) => contacts.length > 0) };
  }

  /** Where a person has not stopped announcements since they agreed, and no server has refused the address. */
  private async open({ contacts }: ReachablePerson): Promise<ReachableContact[]> {
    const refusals = await Promise.all(
      contacts.map(({ contactId: recipientId, channel, addressHash }) =>
        this.suppressions.refusalAt(
          { recipientId, channel, category: 'announcement', workflow: 'campaign' },
          addressHash,
        ),
      ),
    );
    return contacts.filter((_, index) => refusals[index] === null);
  }

  /** One message to a person: on the first channel that fits, with the others in reserve. */
  private async plan(campaign: Campaign, person: ReachablePerson, session: ClientSession): Promise<void> {
    const [first, ...others] = waysTo(campaign, person);
    if (!first) return;
    await this.messages.plan(
      {
        cause: campaign._id,
        template: 'announcement',
        ...settingsOf('campaign', campaign.startedAt ?? this.clock.now()),
        channel: first.channel,
        language: person.language,
        recipientKind: 'contact',
        recipientId: first.contactId,
        cooperativeId: person.cooperativeId,
        details: {},
        ...(others.length > 0 && {
          alternatives: others.map(({ contactId, channel }) => ({ recipientId: contactId, channel })),
        }),
      },
      session,
    );
  }

  /** Everybody is planned: it has ended once no message waits any more. */
  private async look({ _id }: Campaign): Promise<void> {
    const waiting = await this.sent.exists({ cause: _id, state: { $in: ['planned', 'held', 'sending'] } });
    if (waiting) return this.lookAgain(_id, BETWEEN_LOOKS);
    await this.campaigns.updateOne(
      { _id, state: 'running' },
      { $set: { state: 'completed', endedAt: this.clock.now() }, $unset: { dueAt: 1 }, $inc: { version: 1 } },
    );
  }

  private async lookAgain(_id: string, afterMs: number): Promise<void> {
    const running = { _id, state: { $in: ['counting' as const, 'running' as const] } };
    const dueAt = new Date(Date.now() + afterMs);
    const after = await this.campaigns
      .findOneAndUpdate(running, { $set: { dueAt } }, { returnDocument: 'after' })
      .lean();
    if (!after) return;
    const at = new Date(this.clock.now().getTime() + afterMs);
    await this.jobs.wake(CAMPAIGN_QUEUE, { id: `${_id}-look-${dueAt.getTime()}`, data: { campaignId: _id }, at });
  }
}

/** The change of a campaign by a page of people, the last one where there is no cursor behind it. */
function turned(campaign: Campaign, people: ReachablePerson[], nextCursor: string | null): UpdateQuery<Campaign> {
  const isCount = campaign.state === 'counting';
  const set = isCount ? { count: added(campaign, people) } : {};
  const inc = { version: 1, ...(!isCount && { planned: people.length }) };
  if (nextCursor) {
    return { $set: { ...set, cursor: nextCursor, dueAt: new Date(Date.now() + TAKEN_FOR) }, $inc: inc };
  }
  return isCount
    ? { $set: { ...set, state: 'ready' }, $unset: { cursor: 1, dueAt: 1 }, $inc: inc }
    : { $set: { isPlanned: true }, $unset: { cursor: 1 }, $inc: inc };
}

function waysTo({ channels }: Campaign, { contacts }: ReachablePerson) {
  return channels.flatMap((channel) => contacts.filter((contact) => contact.channel === channel));
}

function added(campaign: Campaign, people: ReachablePerson[]): CampaignCount {
  const { byChannel } = campaign.count;
  const count = { people: campaign.count.people, byChannel: { ...byChannel } };
  for (const person of people) {
    const [first] = waysTo(campaign, person);
    if (!first) continue;
    count.people += 1;
    count.byChannel[first.channel] = (count.byChannel[first.channel] ?? 0) + 1;
  }
  return count;
}
