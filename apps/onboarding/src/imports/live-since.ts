import { Clock, Config, isDuplicate, Mongo } from '@idxcoop/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectModel, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { dayOf } from '../day';

/** What an installation learnt once about itself. */
@Schema({ collection: 'settings', versionKey: false })
export class Setting {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) value!: string;
}
export const SettingSchema = SchemaFactory.createForClass(Setting);

/** The day since when facts arrive as they happen: `LIVE_SINCE`, else the day of the first start. */
@Injectable()
export class LiveSince implements OnApplicationBootstrap {
  constructor(
    private readonly config: Config,
    private readonly mongo: Mongo,
    @InjectModel(Setting.name) private readonly settings: Model<Setting>,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    // The store may be away at the start; whoever asks first writes the day then.
    void this.mongo
      .ready()
      .then(() => this.day())
      .catch(() => undefined);
  }

  async day(): Promise<string> {
    if (this.config.liveSince) return this.config.liveSince;
    const _id = 'live-since';
    const today = { $setOnInsert: { value: dayOf(this.clock.now()) } };
    try {
      await this.settings.updateOne({ _id }, today, { upsert: true });
    } catch (error) {
      // Another process of this installation was first.
      if (!isDuplicate(error)) throw error;
    }
    const kept = await this.settings.findById(_id).lean();
    return kept?.value ?? dayOf(this.clock.now());
  }
}
