import { type CallerIdentity, Cipher, Clock, IdempotencyKeys, Mongo, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { viewReport } from '../reports/report-view';
import { Report, ReportWords, WORDS_KEPT_CLOSED_MS } from '../reports/report.schema';
import type { CloseReportDto } from './close-report.dto';

/** An office reads a report and ends it. A report that names no cooperative is the nation's. */
@Injectable()
export class CloseReportHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Report.name) private readonly reports: Model<Report>,
    @InjectModel(ReportWords.name) private readonly words: Model<ReportWords>,
    private readonly trail: AuditTrail,
    private readonly cipher: Cipher,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  async show(id: string, caller: CallerIdentity) {
    const found = await this.reports.findById(id).lean<Report>();
    if (!found || !covers(caller, found)) throw notFound();
    const words = await this.words.findById(id).lean<ReportWords>();
    const fields = [...(words ? ['text'] : []), ...(words?.contact ? ['contact'] : [])];
    await this.trail.add({ action: 'report.read', subject: { kind: 'report', id }, fields, by: caller.subject });
    const contact = words?.contact && (JSON.parse(this.cipher.decrypt(words.contact)) as object);
    return { ...viewReport(found), text: words ? this.cipher.decrypt(words.text) : null, contact: contact ?? null };
  }

  close(id: string, input: CloseReportDto, caller: CallerIdentity) {
    return this.mongo.transaction(async (session) => {
      const found = await this.reports.findById(id).session(session);
      if (!found || !covers(caller, found)) throw notFound();
      const at = this.clock.now();
      found.close(input, caller.subject, at);
      await found.save({ session });
      const deleteAt = new Date(at.getTime() + WORDS_KEPT_CLOSED_MS);
      // Never later than it was to be.
      await this.words.updateOne({ _id: id }, { $min: { deleteAt } }, { session });
      const { outcome, reason } = input;
      const subject = { kind: 'report', id };
      await this.trail.add({ action: `report.${outcome}`, subject, by: caller.subject, reason }, session);
      const answer = viewReport(found);
      await this.idempotency.record(answer, session);
      return answer;
    });
  }
}

function covers(caller: CallerIdentity, { regionCode }: Report): boolean {
  return regionCode ? caller.covers(regionCode) : caller.territory === 'ID';
}
