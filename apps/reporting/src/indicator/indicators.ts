import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { Target } from '../target/target.schema';
import type { IndicatorName } from '../target/target-view';
import { COOPERATIVES_JOINED, type IndicatorCard } from './indicator.templates';
import { Indicator } from './indicator.schema';

/** Every indicator: those counted here are built in, those observed are stored. */
@Injectable()
export class Indicators {
  constructor(@InjectModel(Indicator.name) private readonly observed: Model<Indicator>) {}

  /** The newest definition of a key. */
  async latest(key: string): Promise<IndicatorCard | Indicator | null> {
    if (key === COOPERATIVES_JOINED.key) return COOPERATIVES_JOINED;
    const [newest] = await this.observed.find({ key }).sort({ version: -1 }).limit(1).lean();
    return newest ?? null;
  }

  /** The definition that a target was set with. */
  async of({ indicator: { key, version } }: Target): Promise<IndicatorName> {
    if (isCounted(key)) return COOPERATIVES_JOINED;
    const definition = await this.observed.findOne({ key, version }).lean();
    if (!definition) throw new Error(`the definition ${key} v${version} is missing`);
    return definition;
  }

  /** The stored definition of an observed indicator. */
  async observedBy({ indicator: { key, version } }: Target): Promise<Indicator | null> {
    return isCounted(key) ? null : this.observed.findOne({ key, version }).lean();
  }
}

/** Whether the values of an indicator are counted from facts. */
export function isCounted(key: string): boolean {
  return key === COOPERATIVES_JOINED.key;
}
