import type { Channel } from '@idxcoop/contracts';
import { Clock, describeError, Job, type JobHandler, Jobs, Mongo, ServiceClient, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Audience, type Question } from '../audience/audience.schema';
import { AUDIENCE_QUEUE, audienceWakeup } from '../audience/audiences';
import { backoff } from '../message/backoff';
import type { Language, RecipientKind } from '../message/message.schema';
import { Messages } from '../message/messages';

interface Recipient {
  kind: RecipientKind;
  id: string;
  channel: Channel;
  language: Language;
}

/**
 * Asks onboarding for the recipients of a cause and plans a message for each. The messages and the mark that it is done are
 * one transaction, and a message is planned once per person, channel and cause: however often this runs, it ends the same.
 */
@Job({ queue: AUDIENCE_QUEUE, concurrency: 5 })
export class ResolveAudienceJob implements JobHandler<{ audienceId: string }> {
  constructor(
    @InjectModel(Audience.name) private readonly audiences: Model<Audience>,
    private readonly messages: Messages,
    private readonly services: ServiceClient,
    private readonly mongo: Mongo,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async process({ audienceId }: { audienceId: string }): Promise<void> {
    const audience = await this.audiences.findOne({ _id: audienceId, state: 'planned' }).lean();
    if (!audience) return;
    if (audience.expiresAt <= this.clock.now()) return this.end(audience, 'expired');
    let recipients: Recipient[];
    try {
      recipients = await this.ask(audience.question);
    } catch (error) {
      return this.later(audience, error);
    }
    await this.resolve(audience, recipients);
  }

  async due(_now: Date, limit: number): Promise<Wakeup<{ audienceId: string }>[]> {
    const due = await this.audiences
      .find({ dueAt: { $lte: new Date() } }, { attempt: 1 })
      .limit(limit)
      .lean();
    return due.map(audienceWakeup);
  }

  private async ask({ of, id }: Question): Promise<Recipient[]> {
    const key = encodeURIComponent(id);
    if (of === 'officials') {
      type Officials = { items: { officialId: string; channel: Channel; language: Language }[] };
      const answer = await this.services.get<Officials>('onboarding', `/internal/officials?role=${key}`);
      return (answer?.items ?? []).map(({ officialId, ...rest }) => ({ kind: 'official', id: officialId, ...rest }));
    }
    type Contacts = { items: { contactId: string; channel: Channel; language: Language }[] };
    const answer = await this.services.get<Contacts>(
      'onboarding',
      `/internal/cooperatives/${key}/contacts?verified=true`,
    );
    return (answer?.items ?? []).map(({ contactId, ...rest }) => ({ kind: 'contact', id: contactId, ...rest }));
  }

  private async resolve(audience: Audience, recipients: Recipient[]): Promise<void> {
    const { cause, template, workflow, category, lane, cooperativeId, details, expiresAt } = audience;
    const plan = { cause, template, workflow, category, lane, cooperativeId, details, expiresAt };
    await this.mongo.transaction(async (session) => {
      for (const { kind, id, channel, language } of recipients) {
        const person = { recipientKind: kind, recipientId: id, channel, language };
        await this.messages.plan({ ...plan, ...person }, session);
      }
      await this.audiences.updateOne(
        { _id: audience._id },
        { $set: { state: 'resolved', recipients: recipients.length }, $unset: { dueAt: 1, error: 1 } },
        { session },
      );
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
