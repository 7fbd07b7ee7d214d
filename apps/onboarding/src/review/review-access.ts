import { type CallerIdentity, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Conflicts } from '../officials/conflicts';
import { alreadyDecided, conflictOfInterest } from '../problems.templates';
import { ReviewCase, type ReviewCaseDocument } from './review-case.schema';

/** Opens cases to the officers of the office whose turn it is; others learn nothing of them. */
@Injectable()
export class ReviewAccess {
  constructor(
    @InjectModel(ReviewCase.name) private readonly cases: Model<ReviewCase>,
    private readonly conflicts: Conflicts,
  ) {}

  async find(id: string, caller: CallerIdentity, session?: ClientSession): Promise<ReviewCaseDocument> {
    const found = await this.cases.findById(id).session(session ?? null);
    if (!found || !caller.covers(found.office.code)) throw notFound();
    return found;
  }

  /** One that is not decided yet. */
  async findOpen(id: string, caller: CallerIdentity, session: ClientSession): Promise<ReviewCaseDocument> {
    const found = await this.find(id, caller, session);
    if (found.state !== 'open') throw alreadyDecided({ state: found.state });
    return found;
  }

  /** One about which the caller may decide: whoever has an interest in its cooperative may not. */
  async findToDecide(id: string, caller: CallerIdentity, session: ClientSession): Promise<ReviewCaseDocument> {
    const found = await this.findOpen(id, caller, session);
    if (await this.conflicts.has(caller.subject, found.cooperativeId, session)) throw conflictOfInterest();
    return found;
  }
}
