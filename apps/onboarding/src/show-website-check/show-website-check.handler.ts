import { type CallerIdentity, Clock, decodeCursor, notFound, page } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { StatusToken } from '../cooperative/status-token';
import { within } from '../review/review-case.schema';
import { viewFinding, viewWatch, WebsiteWatch } from '../website/website-watch.schema';
import type { WebsiteChecksQuery } from './show-website-check.dto';

@Injectable()
export class ShowWebsiteCheckHandler {
  constructor(
    private readonly status: StatusToken,
    @InjectModel(WebsiteWatch.name) private readonly watches: Model<WebsiteWatch>,
    private readonly clock: Clock,
  ) {}

  /** For the cooperative itself. */
  async own(id: string, authorization: string | undefined) {
    await this.status.open(id, authorization);
    const watch = await this.watches.findOne({ cooperativeId: id }).lean<WebsiteWatch>();
    if (!watch) throw notFound();
    return viewWatch(watch);
  }

  /** It has been mended: looked at as soon as there is time, whatever week it is. */
  async again(id: string, authorization: string | undefined) {
    await this.status.open(id, authorization);
    const nextAt = this.clock.now();
    const watch = await this.watches
      .findOneAndUpdate({ cooperativeId: id }, { $min: { nextAt } }, { returnDocument: 'after' })
      .lean<WebsiteWatch>();
    if (!watch) throw notFound();
    return viewWatch(watch);
  }

  /** For an office, with what was found before. */
  async show(cooperativeId: string, caller: CallerIdentity) {
    const watch = await this.watches.findOne({ cooperativeId }).lean<WebsiteWatch>();
    if (!watch || !caller.covers(watch.regionCode)) throw notFound();
    return { ...viewWatch(watch), findings: watch.findings.map(viewFinding).reverse() };
  }

  async list({ limit, cursor, state, territory }: WebsiteChecksQuery, caller: CallerIdentity) {
    const after = decodeCursor<{ id: string }>(cursor);
    const rows = await this.watches
      .find({
        ...(state && { state }),
        ...(after && { _id: { $gt: String(after.id) } }),
        $and: [caller.territory ? within(caller.territory) : { _id: null }, territory ? within(territory) : {}],
      })
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<WebsiteWatch[]>();
    return page(rows, limit, (last) => ({ id: last._id }), viewWatch);
  }
}
