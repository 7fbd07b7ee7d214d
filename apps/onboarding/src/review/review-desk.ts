import { Outbox } from '@idxcoop/messaging';
import { dayIn, newId, Regions, type WorkingTime } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { WorkCalendars } from '../work-calendar/work-calendars';
import { Assignees } from './assignees';
import { type Office, officeOf, zoneOf } from './office';
import { ReviewCase, type ReviewCaseDocument } from './review-case.schema';
import { type Deed, reviewAssigned } from './review-facts';
import { termOn } from './sla-rules';

/** What a case is about. */
export type CaseSubject = { kind: 'application' } | { kind: 'claim'; claimId: string };

/** Gives cases to offices and officers, and counts their deadlines. Everything in the caller's transaction, who saves the case. */
@Injectable()
export class ReviewDesk {
  constructor(
    @InjectModel(ReviewCase.name) private readonly cases: Model<ReviewCase>,
    private readonly assignees: Assignees,
    private readonly calendars: WorkCalendars,
    private readonly regions: Regions,
    private readonly outbox: Outbox,
  ) {}

  /** Opens a case at the office that its cooperative's membership asks for, with its least loaded officer. */
  async open(
    cooperative: { _id: string; regionCode: string; membershipRegions?: string[] },
    subject: CaseSubject,
    at: Date,
    session: ClientSession,
  ): Promise<ReviewCaseDocument> {
    const { _id: cooperativeId, regionCode } = cooperative;
    const found = new this.cases({ _id: newId(), cooperativeId, regionCode, ...subject, state: 'open', openedAt: at });
    const office = officeOf(cooperative, this.regions);
    found.begin(office, this.termOf(office, at), at, await this.timeOf(found, office, at, session));
    await this.assign(found, { at, by: 'system', reason: 'routed' }, session);
    await found.save({ session });
    return found;
  }

  /** Time as the office of a case counts it now; the case remembers by which calendar. */
  async timeOf(found: ReviewCase, office: Office, at: Date, session: ClientSession): Promise<WorkingTime> {
    const calendar = await this.calendars.at(at, session);
    found.calendar = calendar.mark;
    return calendar.timeIn(zoneOf(office, this.regions));
  }

  /** How long an office has for what it gets now. */
  termOf(office: Office, at: Date) {
    return termOn(dayIn(zoneOf(office, this.regions), at), office.level);
  }

  /**
   * Gives a case to somebody: to a named official, where they may take it, else to the least loaded. Says it where that changed
   * something; false where the named one may not.
   */
  async assign(
    found: ReviewCaseDocument,
    deed: Deed,
    session: ClientSession,
    { to, but }: { to?: string; but?: string } = {},
  ): Promise<boolean> {
    const zone = zoneOf(found.office, this.regions);
    const official = to
      ? await this.assignees.one(to, found, deed.at, zone, session)
      : await this.assignees.choose(found, deed.at, zone, session, but);
    if (to && !official) return false;
    const previous = found.assignedTo;
    found.assignedTo = official?._id;
    found.seekAt = this.assignees.seekAt(official, deed.at, zone);
    if (previous === found.assignedTo) return true;
    await this.outbox.add(found, reviewAssigned(found, previous, deed), session);
    return true;
  }
}
