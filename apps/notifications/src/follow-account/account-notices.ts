import { Jobs, newId, type Wakeup } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ACCOUNT_QUEUE, AccountNotice, subjectOf } from './account-notice.schema';
import type { ReceivedNotice } from './read-notices';

const MONTH = 30 * 86_400_000;

/** What Meta has said of our account in the last month. */
@Injectable()
export class AccountNotices {
  constructor(
    @InjectModel(AccountNotice.name) private readonly notices: Model<AccountNotice>,
    private readonly jobs: Jobs,
  ) {}

  async keep(received: ReceivedNotice[]): Promise<void> {
    if (received.length === 0) return;
    const now = new Date();
    const forgetAt = new Date(now.getTime() + MONTH);
    const rows = received.map(({ notice, at }): AccountNotice => {
      return { _id: newId(), subject: subjectOf(notice), notice, at, dueAt: now, forgetAt };
    });
    await this.notices.insertMany(rows);
    void this.jobs.wakeAll(ACCOUNT_QUEUE, rows.map(noticeWakeup));
  }
}

/** The wake-up of a notice. */
export function noticeWakeup({ _id }: Pick<AccountNotice, '_id'>): Wakeup<{ noticeId: string }> {
  return { id: `${_id}-follow`, data: { noticeId: _id } };
}
