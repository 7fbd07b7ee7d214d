import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Campaign } from '../campaign/campaign.schema';
import { Message } from '../message/message.schema';
import type { CampaignProgressView, CampaignView } from './manage-campaigns.dto';

/** A campaign with what it would take and what became of it. */
@Injectable()
export class CampaignViews {
  constructor(@InjectModel(Message.name) private readonly messages: Model<Message>) {}

  async of(campaign: Campaign): Promise<CampaignView> {
    const { _id, name, state, texts, audience, channels, count, createdAt, startedAt, endedAt } = campaign;
    return {
      id: _id,
      ...{ name, state, template: 'announcement', texts, audience, channels },
      preview: {
        people: count.people,
        byChannel: { ...count.byChannel },
        costRupiah: 0,
        days: 1,
        isComplete: state !== 'counting',
      },
      progress: await this.progressOf(campaign),
      createdAt: createdAt.toISOString(),
      ...(startedAt && { startedAt: startedAt.toISOString() }),
      ...(endedAt && { endedAt: endedAt.toISOString() }),
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
