import { event, WebsiteCameUpV1, WebsiteWentDownV1 } from '@idxcoop/contracts';
import { Outbox } from '@idxcoop/messaging';
import { Mongo } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { Requirements } from '../requirement/requirements';
import { advance, nextCheck } from '../website/standing';
import { type Finding, KEPT_FINDINGS, WebsiteWatch } from '../website/website-watch.schema';

/** Keeps what was found. A fact is told, and a requirement asked for or met, only where the standing has changed. */
@Injectable()
export class KeepFinding {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(WebsiteWatch.name) private readonly watches: Model<WebsiteWatch>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly requirements: Requirements,
    private readonly outbox: Outbox,
  ) {}

  execute(cooperativeId: string, finding: Finding): Promise<void> {
    return this.mongo.transaction(async (session) => {
      const watch = await this.watches.findOne({ cooperativeId }).session(session);
      const cooperative = await this.cooperatives.findById(cooperativeId).session(session);
      if (!watch || !cooperative) return;
      const at = finding.checkedAt;
      // Another address begins anew, but what is known stands until it is known better.
      const failures = watch.target === finding.target ? watch.failures : 0;
      const { state, failingSince } = watch;
      const { change, ...standing } = advance({ state, failingSince, failures }, finding.isUp, at);
      watch.set({
        ...standing,
        ...(change && { since: at }),
        target: finding.target,
        regionCode: cooperative.regionCode,
        latest: finding,
        findings: [...watch.findings, finding].slice(-KEPT_FINDINGS),
        nextAt: nextCheck(standing, cooperativeId, at),
        turnAt: null,
        leaseUntil: null,
      });
      if (change) {
        const contract = change === 'came_up' ? WebsiteCameUpV1 : WebsiteWentDownV1;
        const { reason } = finding;
        await this.outbox.add(watch, event(contract, { ...cooperative.fact(at), ...(reason && { reason }) }), session);
      }
      await watch.save({ session });
      if (change === 'came_up' && state === 'down')
        await this.requirements.accepted(cooperativeId, 'website', watch.id, session, { by: 'system' });
      if (change === 'went_down') {
        const reasons = [{ requirement: 'website', code: finding.reason ?? 'down' }];
        await this.requirements.reopen(cooperativeId, 'website', reasons, session, { by: 'system' });
      }
    });
  }
}
