import { Config } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { DailyCost } from '../cost/daily-cost.schema';
import type { CostListView, CostsQuery } from './list-costs.dto';

/** Says what messages cost, day by day. */
@Injectable()
export class ListCostsHandler {
  constructor(
    @InjectModel(DailyCost.name) private readonly costs: Model<DailyCost>,
    private readonly config: Config,
  ) {}

  async execute({ from, until }: CostsQuery): Promise<CostListView> {
    const rows = await this.costs
      .find({ day: { $gte: from, $lte: until } })
      .sort({ _id: 1 })
      .lean<DailyCost[]>();
    return {
      items: rows.map(({ _id, committed, rupiah, ...row }) => ({
        ...row,
        rupiah: rounded(rupiah),
        committedRupiah: rounded(committed),
      })),
      rupiah: rounded(rows.reduce((sum, row) => sum + row.rupiah, 0)),
      dailyCapRupiah: this.config.whatsappDailyCostCap,
    };
  }
}

/** To the sen: sums of prices with parts of a rupiah. */
function rounded(rupiah: number): number {
  return Math.round(rupiah * 100) / 100;
}
