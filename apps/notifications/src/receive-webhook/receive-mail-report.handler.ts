import { Metrics } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { readMailReport } from '../settle-status/read-mail-report';
import { StatusReceipts } from '../settle-status/status-receipts';

/** Stores what a mail says of one of ours; the mail itself is kept nowhere. Other mail is counted and dropped. */
@Injectable()
export class ReceiveMailReportHandler {
  private readonly reports;

  constructor(
    private readonly receipts: StatusReceipts,
    metrics: Metrics,
  ) {
    this.reports = metrics.counter('mail_reports_total', 'Mails from the bounce mailbox, by what they were', ['kind']);
  }

  async execute(mail: Buffer): Promise<void> {
    const { kind, statuses } = readMailReport(mail, new Date());
    await this.receipts.keep('email', statuses);
    this.reports.inc({ kind });
  }
}
