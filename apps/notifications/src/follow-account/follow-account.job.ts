import { Job, type JobHandler, Log, Metrics, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Lines } from '../provider/lines';
import { Limits } from '../limit/limits';
import { TemplateStates } from '../template/template-states';
import { ACCOUNT_QUEUE, AccountNotice, type Notice } from './account-notice.schema';
import { noticeWakeup } from './account-notices';

const LATER = 10_000;

const BULK = 'whatsapp/bulk';
const LOW_QUALITY = 'quality_flagged';
const QUALITY_PAUSE = 24 * 3_600_000;

/**
 * Follows what Meta says of our account. Notices come doubled and in any order, so what is followed is the newest of the
 * subject, whichever notice woke us.
 */
@Job({ queue: ACCOUNT_QUEUE, concurrency: 1 })
export class FollowAccountJob implements JobHandler<{ noticeId: string }> {
  private readonly told;

  constructor(
    @InjectModel(AccountNotice.name) private readonly notices: Model<AccountNotice>,
    private readonly limits: Limits,
    private readonly lines: Lines,
    private readonly templates: TemplateStates,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.told = metrics.counter('provider_notices_total', 'What a provider said of our account', ['kind', 'what']);
  }

  async process({ noticeId }: { noticeId: string }): Promise<void> {
    const later = { $set: { dueAt: new Date(Date.now() + LATER) } };
    const notice = await this.notices.findOneAndUpdate({ _id: noticeId, dueAt: { $exists: true } }, later).lean();
    if (!notice) return;
    this.tell(notice.notice);
    // Another process may follow an older one meanwhile: whoever is last looks again.
    for (let followed = ''; ; ) {
      const newest = await this.newest(notice.subject);
      if (!newest || newest._id === followed) break;
      await this.follow(newest);
      followed = newest._id;
    }
    await this.notices.updateOne({ _id: noticeId }, { $unset: { dueAt: 1 } });
  }

  async due(_now: Date, limit: number): Promise<Wakeup<{ noticeId: string }>[]> {
    const due = await this.notices
      .find({ dueAt: { $lte: new Date() } }, { _id: 1 })
      .limit(limit)
      .lean();
    return due.map(noticeWakeup);
  }

  /** Of two in the same second the one that came later. */
  private async newest(subject: string): Promise<AccountNotice | undefined> {
    const [newest] = await this.notices.find({ subject }).sort({ at: -1, _id: -1 }).limit(1).lean<AccountNotice[]>();
    return newest;
  }

  private tell(notice: Notice): void {
    const what = whatOf(notice);
    this.told.inc({ kind: notice.kind, what });
    const fields = { kind: notice.kind, what, ...('template' in notice && { template: notice.template }) };
    this.log.warn(fields, 'the provider says something of our account or templates');
  }

  /** Followed again, it changes nothing. Where the account is restricted Meta refuses what we send, and that stops the line. */
  private async follow({ notice, at }: AccountNotice): Promise<void> {
    switch (notice.kind) {
      case 'people_per_day':
        return this.limits.setDailyPeople('whatsapp', notice.people < 0 ? Number.MAX_SAFE_INTEGER : notice.people);
      case 'quality':
        return this.followQuality(notice.event, at);
      case 'template_state': {
        const { template: name, language, state: event, reason } = notice;
        return this.templates.apply({ name, language, event, ...(reason && { reason }), at });
      }
      case 'template_category': {
        const { template: name, language, category: newCategory } = notice;
        return this.templates.apply({ name, language, newCategory, at });
      }
      case 'alert':
      case 'account':
        return;
    }
  }

  /** Too many people block or report the number: the many wait for a day, while somebody looks; codes and notices go on. */
  private async followQuality(event: string, at: Date): Promise<void> {
    const seconds = Math.ceil((at.getTime() + QUALITY_PAUSE - Date.now()) / 1000);
    if (event === 'FLAGGED' && seconds > 0) await this.lines.stop(BULK, LOW_QUALITY, seconds);
    if (event === 'UNFLAGGED') await this.lines.resume(BULK, LOW_QUALITY);
  }
}

function whatOf(notice: Notice): string {
  switch (notice.kind) {
    case 'template_state':
      return notice.state;
    case 'template_category':
      return notice.category;
    case 'people_per_day':
      return String(notice.people);
    case 'quality':
    case 'account':
      return notice.event;
    case 'alert':
      return `${notice.severity} ${notice.alert}`;
  }
}
