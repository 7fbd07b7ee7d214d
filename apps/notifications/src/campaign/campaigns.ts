import { isDuplicate } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { CauseDetails, Message } from '../message/message.schema';
import { Campaign, type CampaignState } from './campaign.schema';
import { ToldAddress } from './told-address.schema';

/** The queue of `RunCampaignJob`. */
export const CAMPAIGN_QUEUE = 'notifications-run-campaign';

/** A pause takes this long at most to reach every process. */
export const REMEMBERED_MS = 1_000;

type Known = Pick<Campaign, 'state' | 'texts'>;

/** What the delivery of a message has to know of its campaign; asked for each message, so it is remembered for a moment. */
@Injectable()
export class Campaigns {
  private readonly known = new Map<string, { at: number; campaign: Promise<Known | null> }>();

  constructor(
    @InjectModel(Campaign.name) private readonly campaigns: Model<Campaign>,
    @InjectModel(ToldAddress.name) private readonly told: Model<ToldAddress>,
  ) {}

  /** In which state the campaign of a message is; null where it belongs to none. */
  async stateOf({ workflow, cause }: Pick<Message, 'workflow' | 'cause'>): Promise<CampaignState | null> {
    if (workflow !== 'campaign') return null;
    return (await this.find(cause))?.state ?? 'cancelled';
  }

  /** Its words, which stand with the campaign and not with each of its messages. */
  async detailsOf({ workflow, cause }: Pick<Message, 'workflow' | 'cause'>): Promise<CauseDetails> {
    if (workflow !== 'campaign') return {};
    const { id, en } = (await this.find(cause))?.texts ?? {};
    return {
      headline: { ...(id && { id: id.headline }), ...(en && { en: en.headline }) },
      text: { ...(id && { id: id.text }), ...(en && { en: en.text }) },
    };
  }

  /** Whether this message is the one by which an address gets its campaign; whoever stands in many books is told once. */
  async isTheOne({ _id, workflow, cause, expiresAt }: Message, addressHash: string): Promise<boolean> {
    if (workflow !== 'campaign') return true;
    const mine = { _id: `${cause}/${addressHash}`, messageId: _id };
    try {
      await this.told.create({ ...mine, forgetAt: expiresAt });
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return (await this.told.exists(mine)) !== null;
    }
  }

  private find(id: string): Promise<Known | null> {
    const remembered = this.known.get(id);
    if (remembered && Date.now() - remembered.at < REMEMBERED_MS) return remembered.campaign;
    const campaign = this.campaigns.findById(id, { state: 1, texts: 1 }).lean<Known>().exec();
    campaign.catch(() => this.known.delete(id));
    // A handful of campaigns run at a time; those of last month are not worth their place.
    if (this.known.size > 100) this.known.clear();
    this.known.set(id, { at: Date.now(), campaign });
    return campaign;
  }
}
