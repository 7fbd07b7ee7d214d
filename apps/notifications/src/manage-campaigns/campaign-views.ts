import { Config } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Campaign } from '../campaign/campaign.schema';
import { Costs } from '../cost/costs';
import { DailyBudgets } from '../limit/daily-budgets';
import { limitsOf } from '../limit/line-limits';
import { Message } from '../message/message.schema';
import type { CampaignPreviewView, CampaignProgressView, CampaignView } from './manage-campaigns.dto';

/** A campaign with what it would take and what became of it. */
@Injectable()
export class CampaignViews {
  constructor(
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly costs: Costs,
    private readonly budgets: DailyBudgets,
    private readonly config: Config,
  ) {}

  async of(campaign: Campaign): Promise<CampaignView> {
    const { _id, name, state, texts, audience, channels, createdAt, startedAt, endedAt } = campaign;
    return {
      id: _id,
      ...{ name, state, template: 'announcement', texts, audience, channels },
      preview: await this.previewOf(campaign),
      progress: await this.progressOf(campaign),
      createdAt: createdAt.toISOString(),
      ...(startedAt && { startedAt: startedAt.toISOString() }),
      ...(endedAt && { endedAt: endedAt.toISOString() }),
    };
  }

  /** At most what it costs, and at least how long it takes: by the day's budget of people, and by the day's money. */
  private async previewOf({ state, count: { people, byChannel } }: Campaign): Promise<CampaignPreviewView> {
    const { whatsapp = 0 } = byChannel;
    const costRupiah = whatsapp * this.costs.priceOf({ channel: 'whatsapp', template: 'announcement' });
    const { whatsappDailyCostCap: cap } = this.config;
    const allowed = await this.budgets.allowed(limitsOf('whatsapp', this.config), true);
    const days = [
      people > 0 ? 1 : 0,
      Math.ceil(whatsapp / Math.max(1, allowed)),
      cap > 0 ? Math.ceil(costRupiah / cap) : 0,
    ];
    return {
      people,
      byChannel: { ...byChannel },
      costRupiah,
      days: Math.max(...days),
      isComplete: state !== 'counting',
    };
  }

  private async progressOf({ _id, planned, count }: Campaign): Promise<CampaignProgressView> {
    const groups = await this.messages.aggregate<{ _id: { state: string; code?: string }; n: number }>([
      { $match: { cause: _id } },
      { $group: { _id: { state: '$state', code: '$code' }, n: { $sum: 1 } } },
    ]);
    const byState: Record<string, number> = {};
    const byReason: Record<string, number> = {};
    for (const { _id: group, n } of groups) {
      byState[group.state] = (byState[group.state] ?? 0) + n;
      if (group.code) byReason[group.code] = (byReason[group.code] ?? 0) + n;
    }
    return { planned, of: count.people, byState, byReason };
  }
}
