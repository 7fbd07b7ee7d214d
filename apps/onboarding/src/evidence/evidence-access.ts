import { type CallerIdentity, notFound, Regions } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative, type CooperativeDocument } from '../cooperative/cooperative.schema';
import { Conflicts } from '../officials/conflicts';
import { conflictOfInterest } from '../problems.templates';
import { officeOf } from '../review/office';
import { ReviewCase } from '../review/review-case.schema';
import { Evidence, type EvidenceDocument } from './evidence.schema';

/** Opens evidence to the officers of the office that has the cooperative's case, and to none who has an interest in it. */
@Injectable()
export class EvidenceAccess {
  constructor(
    @InjectModel(Evidence.name) private readonly evidence: Model<Evidence>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(ReviewCase.name) private readonly cases: Model<ReviewCase>,
    private readonly conflicts: Conflicts,
    private readonly regions: Regions,
  ) {}

  async find(id: string, caller: CallerIdentity, session: ClientSession): Promise<EvidenceDocument> {
    const found = await this.evidence.findById(id).session(session);
    if (!found) throw notFound();
    await this.cooperative(found.cooperativeId, caller, session);
    return found;
  }

  /** A cooperative whose evidence the caller may read. */
  async cooperative(id: string, caller: CallerIdentity, session: ClientSession): Promise<CooperativeDocument> {
    const cooperative = await this.cooperatives.findById(id).session(session);
    if (!cooperative) throw notFound();
    const open = await this.cases.find({ cooperativeId: id, state: 'open' }).session(session).lean<ReviewCase[]>();
    const offices = open.length > 0 ? open.map(({ office }) => office) : [officeOf(cooperative, this.regions)];
    if (!offices.some(({ code }) => caller.covers(code))) throw notFound();
    if (await this.conflicts.has(caller.subject, id, session)) throw conflictOfInterest();
    return cooperative;
  }
}
