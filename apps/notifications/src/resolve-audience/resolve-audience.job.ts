import type { Channel } from '@idxcoop/contracts';
import {
  Clock,
  describeError,
  isDuplicate,
  Job,
  type JobHandler,
  Jobs,
  Mongo,
  ServiceClient,
  type Wakeup,
} from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Audience, type Question } from '../audience/audience.schema';
import { AUDIENCE_QUEUE, audienceWakeup } from '../audience/audiences';
import { oncePerPerson, type Reachable } from '../audience/recipients';
import { ONE_BUNDLE } from '../bundle/bundle.schema';
import { Bundles } from '../bundle/bundles';
import { backoff } from '../message/backoff';
import type { Language } from '../message/message.schema';
import { Messages } from '../message/messages';
import { workflowOf } from '../workflow/workflows';

/** An address of a cooperative's person; `consents` came later than `consented`, which is of the channel alone. */
interface ContactItem {
  contactId: string;
  personId?: string;
  channel: Channel;
  language: Language;
  consented?: boolean;
  consents?: Reachable['consents'];
}

interface OfficialItem {
  officialId: string;
  channel: Channel;
  language: Language;
}

/**
 * Asks onboarding for the recipients of a cause and plans a message for each person. The messages and the mark that it is done
 * are one transaction, and nothing is planned where it was done or stopped meanwhile: however often this runs, it ends the same.
 */
@Job({ queue: AUDIENCE_QUEUE, concurrency: 5 })
export class ResolveAudienceJob implements JobHandler<{ audienceId: string }> {
  constructor(
    @InjectModel(Audience.name) private readonly audiences: Model<Audience>,
    private readonly messages: Messages,
    private readonly bundles: Bundles,
    private readonly services: ServiceClient,
    private readonly mongo: Mongo,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async process({ audienceId }: { audienceId: string }): Promise<void> {
    const audience = await this.audiences.findOne({ _id: audienceId, state: 'planned' }).lean();
    if (!audience) return;
    if (audience.expiresAt <= this.clock.now()) return this.end(audience, 'expired');
    let addresses: Reachable[];
    try {
      addresses = await this.ask(audience.question);
    } catch (error) {
      return this.later(audience, error);
    }
    await this.resolve(audience, addresses).catch((error) => {
      // Another made the bundle at the same moment: this one joins it.
      if (!isDuplicate(error, ONE_BUNDLE)) throw error;
      return this.resolve(audience, addresses);
    });
  }

  async due(_now: Date, limit: number): Promise<Wakeup<{ audienceId: string }>[]> {
    const due = await this.audiences
      .find({ dueAt: { $lte: new Date() } }, { attempt: 1 })
      .limit(limit)
      .lean();
    return due.map(audienceWakeup);
  }

  private async ask(question: Question): Promise<Reachable[]> {
    const id = encodeURIComponent(question.id);
    if (question.of === 'cooperative') {
      const contacts = await this.items<ContactItem>(`cooperatives/${id}/contacts?verified=true`);
      return contacts.map(({ contactId, personId = contactId, consented = true, consents, ...rest }) => ({
        ...rest,
        recipientKind: 'contact',
        recipientId: contactId,
        personId,
        consents: consents ?? { service: consented, announcements: consented },
      }));
    }
    const officials = await this.items<OfficialItem>(`officials?${asQuery(question)}`);
    return officials.map(({ officialId, channel, language }) => ({
      recipientKind: 'official',
      recipientId: officialId,
      personId: officialId,
      channel,
      language,
      consents: { service: true, announcements: true },
    }));
  }

  private async items<T>(path: string): Promise<T[]> {
    return (await this.services.get<{ items: T[] }>('onboarding', `/internal/${path}`))?.items ?? [];
  }

  private async resolve(audience: Audience, addresses: Reachable[]): Promise<void> {
    const { cause, template, workflow, category, lane, cooperativeId, details, course, notBefore, expiresAt } =
      audience;
    const plan = { cause, template, workflow, category, lane, cooperativeId, details, course, notBefore, expiresAt };
    const recipients = oncePerPerson(addresses, workflowOf(workflow));
    await this.mongo.transaction(async (session) => {
      const { matchedCount } = await this.audiences.updateOne(
        { _id: audience._id, state: 'planned' },
        { $set: { state: 'resolved', recipients: recipients.length }, $unset: { dueAt: 1, error: 1 } },
        { session },
      );
      if (matchedCount === 0) return;
      for (const recipient of recipients) {
        if (audience.together) await this.bundles.add({ ...plan, ...recipient }, audience.plannedAt, session);
        else await this.messages.plan({ ...plan, ...recipient }, session);
      }
    });
  }

  private async end({ _id }: Audience, state: 'expired'): Promise<void> {
    await this.audiences.updateOne({ _id, state: 'planned' }, { $set: { state }, $unset: { dueAt: 1 } });
  }

  private async later(audience: Audience, error: unknown): Promise<void> {
    const attempt = audience.attempt + 1;
    const wait = backoff(attempt, 60_000);
    const { message: _message, ...kept } = describeError(error);
    const next = { attempt, dueAt: new Date(Date.now() + wait), error: kept };
    await this.audiences.updateOne({ _id: audience._id, state: 'planned' }, { $set: next });
    const at = new Date(this.clock.now().getTime() + wait);
    await this.jobs.wake(AUDIENCE_QUEUE, { ...audienceWakeup({ _id: audience._id, attempt }), at });
  }
}

function asQuery(question: Exclude<Question, { of: 'cooperative' }>): URLSearchParams {
  if (question.of === 'official') return new URLSearchParams({ id: question.id });
  const { id: role, territory, level } = question;
  return new URLSearchParams({ role, ...(territory && { territory }), ...(level && { level }) });
}
