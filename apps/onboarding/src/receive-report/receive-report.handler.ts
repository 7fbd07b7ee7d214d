import { Outbox } from '@idxcoop/messaging';
import { Cipher, Clock, fieldError, IdempotencyKeys, Mongo, newId, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { viewReport } from '../reports/report-view';
import { Report, ReportWords, WORDS_KEPT_MS } from '../reports/report.schema';
import type { ReceiveReportDto } from './receive-report.dto';
import { unknownCooperative } from './receive-report.templates';

/** Takes a report in. The fact says that it came and about which cooperative; the words stay here, encrypted. */
@Injectable()
export class ReceiveReportHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Report.name) private readonly reports: Model<Report>,
    @InjectModel(ReportWords.name) private readonly words: Model<ReportWords>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly cipher: Cipher,
    private readonly outbox: Outbox,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  execute({ kind, cooperativeId, text, contact }: ReceiveReportDto) {
    return this.mongo.transaction(async (session) => {
      const receivedAt = this.clock.now();
      const regionCode = cooperativeId && (await this.regionOf(cooperativeId));
      const report = new this.reports({ _id: newId(), kind, cooperativeId, regionCode, receivedAt });
      await this.outbox.add(report, report.received(), session);
      await report.save({ session });
      const words = {
        _id: report.id,
        text: this.cipher.encrypt(text),
        ...(contact && { contact: this.cipher.encrypt(JSON.stringify(contact)) }),
        deleteAt: new Date(receivedAt.getTime() + WORDS_KEPT_MS),
      };
      await this.words.insertMany([words], { session });
      const answer = viewReport(report);
      await this.idempotency.record(answer, session);
      return answer;
    });
  }

  private async regionOf(cooperativeId: string): Promise<string> {
    const found = await this.cooperatives.findById(cooperativeId, { regionCode: 1 }).lean<Cooperative>();
    if (!found) throw refusal([fieldError('/cooperativeId', unknownCooperative.code, unknownCooperative)]);
    return found.regionCode;
  }
}
