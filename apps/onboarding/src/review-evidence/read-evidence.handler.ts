import { type CallerIdentity, decodeCursor, Mongo, page } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { EvidenceAccess } from '../evidence/evidence-access';
import { EvidenceFiles } from '../evidence/evidence-files';
import { viewEvidence } from '../evidence/evidence-view';
import { Evidence } from '../evidence/evidence.schema';
import type { EvidenceQuery } from './review-evidence.dto';

const ENDINGS = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' } as const;

/** Evidence for the officers of its case. Who reads the document itself is remembered before the first byte goes out. */
@Injectable()
export class ReadEvidenceHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Evidence.name) private readonly evidence: Model<Evidence>,
    private readonly access: EvidenceAccess,
    private readonly files: EvidenceFiles,
    private readonly audit: AuditTrail,
  ) {}

  list({ cooperativeId, requirement, state, limit, cursor }: EvidenceQuery, caller: CallerIdentity) {
    const after = decodeCursor<{ id: string }>(cursor);
    return this.mongo.transaction(async (session) => {
      await this.access.cooperative(cooperativeId, caller, session);
      const filter = { cooperativeId, ...(requirement && { requirement }), ...(state && { state }) };
      const rows = await this.evidence
        .find({ ...filter, ...(after && { _id: { $gt: String(after.id) } }) })
        .sort({ _id: 1 })
        .limit(limit + 1)
        .session(session)
        .lean<Evidence[]>();
      return page(rows, limit, (last) => ({ id: last._id }), viewEvidence);
    });
  }

  show(id: string, caller: CallerIdentity) {
    return this.mongo.transaction(async (session) => viewEvidence(await this.access.find(id, caller, session)));
  }

  async open(id: string, caller: CallerIdentity) {
    const { mediaType, size } = await this.mongo.transaction(async (session) => {
      const found = await this.access.find(id, caller, session);
      await this.audit.add({ action: 'evidence.read', subject: { kind: 'evidence', id }, by: caller.subject }, session);
      return found;
    });
    return { stream: this.files.read(id), mediaType, size, name: `${id}.${ENDINGS[mediaType]}` };
  }
}
