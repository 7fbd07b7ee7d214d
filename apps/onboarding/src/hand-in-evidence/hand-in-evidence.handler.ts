import { Outbox } from '@idxcoop/messaging';
import { type AccessRequest, Clock, fieldError, IdempotencyKeys, Mongo, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { StatusToken } from '../cooperative/status-token';
import { dayOf, isDay } from '../day';
import { EvidenceFiles } from '../evidence/evidence-files';
import { viewEvidence } from '../evidence/evidence-view';
import { Evidence } from '../evidence/evidence.schema';
import { Requirements } from '../requirement/requirements';
import { EvidenceGate } from './evidence-gate';
import type { EvidenceDto } from './hand-in-evidence.dto';
import { dayPassed } from './hand-in-evidence.templates';
import type { TakenIn } from './read-evidence';

/** Records a document whose bytes are there already; what it shows then waits for an officer. */
@Injectable()
export class HandInEvidenceHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Evidence.name) private readonly evidence: Model<Evidence>,
    private readonly gate: EvidenceGate,
    private readonly files: EvidenceFiles,
    private readonly requirements: Requirements,
    private readonly status: StatusToken,
    private readonly outbox: Outbox,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  execute(id: string, file: TakenIn | undefined, input: EvidenceDto, request: AccessRequest) {
    if (!file) throw refusal([fieldError('/file', 'required')]);
    const { requirement, period, expiresOn } = input;
    const at = this.clock.now();
    if (expiresOn && (!isDay(expiresOn) || expiresOn < dayOf(at)))
      throw refusal([fieldError('/expiresOn', dayPassed.code, dayPassed)]);
    return this.mongo.transaction(async (session) => {
      const { cooperative, by } = await this.gate.open(id, request, session);
      const { evidenceId: _id, mediaType, size, checksum } = file;
      const { regionCode } = cooperative;
      const about = { cooperativeId: id, regionCode, requirement, period, expiresOn, state: 'uploaded' };
      const found = new this.evidence({ _id, ...about, mediaType, size, checksum, uploadedAt: at, uploadedBy: by });
      await this.outbox.add(found, found.uploaded(), session);
      await found.save({ session });
      await this.files.keep(_id, session);
      cooperative.seen(at);
      await cooperative.save({ session });
      await this.requirements.submitted(id, requirement, _id, session, { by, period });
      const answer = viewEvidence(found);
      await this.idempotency.record(answer, session);
      return answer;
    });
  }

  async list(id: string, authorization: string | undefined) {
    await this.status.open(id, authorization);
    const rows = await this.evidence.find({ cooperativeId: id }).sort({ uploadedAt: 1 }).lean<Evidence[]>();
    return { items: rows.map(viewEvidence), nextCursor: null };
  }
}
