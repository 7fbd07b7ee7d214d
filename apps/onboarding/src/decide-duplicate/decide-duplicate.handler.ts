import { Outbox } from '@idxcoop/messaging';
import { type CallerIdentity, Clock, fieldError, IdempotencyKeys, Mongo, notFound, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { isMatched } from '../cooperative/axes';
import { Cooperative, type CooperativeDocument } from '../cooperative/cooperative.schema';
import { HardKeys } from '../cooperative/hard-key.schema';
import { DuplicateCandidate, type DuplicateCandidateDocument } from '../duplicates/duplicate-candidate.schema';
import { alreadyDecided, wrongState } from '../problems.templates';
import type { DuplicateDecisionDto } from './decide-duplicate.dto';
import { notOfThePair, onlyWithSame } from './decide-duplicate.templates';
import { viewCandidate } from './list-duplicates.handler';

const DECIDED = 'decided_by_officer';

/** Decides a pair once: of two officers at the same moment one gets 409. */
@Injectable()
export class DecideDuplicateHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(DuplicateCandidate.name) private readonly candidates: Model<DuplicateCandidate>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly hardKeys: HardKeys,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  execute(id: string, input: DuplicateDecisionDto, caller: CallerIdentity) {
    const { decision, survivorId, reason = DECIDED } = input;
    if (decision === 'different' && survivorId) throw refusal([fieldError('/survivorId', 'not_allowed', onlyWithSame)]);
    if (decision === 'same' && !survivorId) throw refusal([fieldError('/survivorId', 'required')]);
    return this.mongo.transaction(async (session) => {
      const found = await this.candidates.findById(id).session(session);
      if (!found) throw notFound();
      const members = await this.cooperatives.find({ _id: { $in: found.members } }).session(session);
      if (!members.some(({ regionCode }) => caller.covers(regionCode))) throw notFound();
      if (survivorId && !found.members.includes(survivorId))
        throw refusal([fieldError('/survivorId', notOfThePair.code, notOfThePair)]);
      if (found.state !== 'open') throw alreadyDecided({ state: found.state });
      if (survivorId) await this.join(found, members, survivorId, reason, caller.subject, session);
      else {
        const fact = found.dismiss('different', reason, caller.subject, this.clock.now());
        await this.outbox.add(found, fact, session);
      }
      await found.save({ session });
      const subject = { kind: 'duplicate_candidate', id };
      await this.audit.add({ action: `duplicate.found_${decision}`, subject, by: caller.subject, reason }, session);
      const answer = viewCandidate(found, members);
      await this.idempotency.record(answer, session);
      return answer;
    });
  }

  /** One of the two stands for both from now on; the other stays, and points to it. */
  private async join(
    found: DuplicateCandidateDocument,
    members: readonly CooperativeDocument[],
    survivorId: string,
    reason: string,
    by: string,
    session: ClientSession,
  ): Promise<void> {
    const at = this.clock.now();
    const survivor = members.find(({ _id }) => _id === survivorId);
    const loser = members.find(({ _id }) => _id !== survivorId);
    if (!survivor || !loser) throw notFound();
    // Whoever has left the register cannot stand for another.
    if (!isMatched(survivor.registration)) throw wrongState({ registration: survivor.registration });
    const fact = loser.becomeDuplicateOf(survivorId, reason, by, at);
    await this.outbox.add(loser, fact, session);
    await this.hardKeys.follow([loser], session);
    await loser.save({ session });
    // A survivor that is found to be a duplicate at the same moment must not be missed.
    survivor.matchAgain();
    await survivor.save({ session });
    found.set({ state: 'same', survivorId, reason, decidedAt: at, decidedBy: by });
  }
}
