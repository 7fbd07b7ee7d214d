import { type CallerIdentity, Clock, IdempotencyKeys, Mongo, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { Cooperative } from '../cooperative/cooperative.schema';
import { wrongState } from '../problems.templates';
import { isOpen } from '../requirement/assess';
import { isRequirement } from '../requirement/keys';
import { viewItem } from '../requirement/lists';
import { choose, Requirements } from '../requirement/requirements';
import type { WaiveRequirementDto } from './waive-requirement.dto';

/** What follows from the steps of the registration is not waived. */
const STEPS: readonly string[] = ['verifiedContact', 'application'];

/** An officer of the territory asks for something no more, and says why. */
@Injectable()
export class WaiveRequirementHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly requirements: Requirements,
    private readonly audit: AuditTrail,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  execute(id: string, key: string, { reason, note, period }: WaiveRequirementDto, caller: CallerIdentity) {
    return this.mongo.transaction(async (session) => {
      const cooperative = await this.cooperatives.findById(id).session(session).lean<Cooperative>();
      if (!cooperative || !caller.covers(cooperative.regionCode) || !isRequirement(key)) throw notFound();
      const item = choose(await this.requirements.of(cooperative, session), key, period);
      if (!item) throw notFound();
      if (STEPS.includes(key) || !(isOpen(item.state) || item.state === 'submitted'))
        throw wrongState({ requirement: key, state: item.state });
      const reasons = [{ requirement: key, code: reason, ...(note && { note }) }];
      await this.requirements.waived(id, key, reasons, session, { by: caller.subject, period: item.period });
      const subject = { kind: 'cooperative', id };
      await this.audit.add(
        { action: 'requirement.waived', subject, fields: [key], by: caller.subject, reason },
        session,
      );
      const waived = choose(await this.requirements.of(cooperative, session), key, item.period);
      const answer = waived && viewItem(waived);
      await this.idempotency.record(answer ?? {}, session);
      return answer;
    });
  }
}
