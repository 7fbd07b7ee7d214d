import { Outbox } from '@idxcoop/messaging';
import { Clock, Job, type JobHandler, type JobSchedule, Mongo, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Claim } from '../claims/claim.schema';
import { Cooperative } from '../cooperative/cooperative.schema';
import { HardKeys } from '../cooperative/hard-key.schema';
import { Consent } from '../people/consent.schema';
import { Person } from '../people/person.schema';
import { VerificationFlow } from '../people/verification-flow.schema';

const PATIENCE_MS = 14 * 86_400_000;

/**
 * Self-made sign-ups that nobody has confirmed lapse after 14 days; imports and assisted ones wait for their people. Claims
 * that nobody has confirmed are forgotten after as long, with the person who was named.
 */
@Job({ queue: 'onboarding-expire-registrations' })
export class ExpireStaleRegistrationsJob implements JobHandler<object> {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Claim.name) private readonly claims: Model<Claim>,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Consent.name) private readonly consents: Model<Consent>,
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    private readonly hardKeys: HardKeys,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async process(): Promise<void> {
    const now = this.clock.now();
    for (const { _id } of await this.cooperatives.find(stale(now), { _id: 1 }).lean()) {
      await this.mongo.transaction(async (session) => {
        // Asked again inside: a contact may have been verified since.
        const cooperative = await this.cooperatives.findOne({ _id, ...stale(now) }).session(session);
        if (!cooperative) return;
        await this.outbox.add(cooperative, cooperative.lapse(now), session);
        await this.hardKeys.follow([cooperative], session);
        await cooperative.save({ session });
      });
    }
    for (const { _id } of await this.claims.find(unconfirmed(now), { _id: 1 }).lean()) await this.forget(_id, now);
  }

  private forget(claimId: string, now: Date): Promise<void> {
    return this.mongo.transaction(async (session) => {
      const { deletedCount } = await this.claims.deleteOne({ _id: claimId, ...unconfirmed(now) }, { session });
      if (deletedCount === 0) return;
      const people = await this.people.find({ claimId }, { _id: 1 }).session(session).lean();
      const personId = { $in: people.map(({ _id }) => _id) };
      await this.flows.deleteMany({ personId }, { session });
      await this.consents.deleteMany({ personId }, { session });
      await this.people.deleteMany({ _id: personId }, { session });
    });
  }

  async schedules(): Promise<JobSchedule[]> {
    return [{ id: 'daily', pattern: '15 0 * * *', timeZone: 'Asia/Jakarta', data: {} }];
  }

  async due(now: Date): Promise<Wakeup[]> {
    const isDue = (await this.cooperatives.exists(stale(now))) ?? (await this.claims.exists(unconfirmed(now)));
    return isDue ? [{ id: 'stale-registrations', data: {} }] : [];
  }
}

function stale(now: Date) {
  const before = new Date(now.getTime() - PATIENCE_MS);
  return {
    registration: 'draft' as const,
    origin: 'self' as const,
    contactVerifiedAt: null,
    contactVouchedAt: null,
    createdAt: { $lte: before },
  };
}

function unconfirmed(now: Date) {
  return { state: 'unverified' as const, createdAt: { $lte: new Date(now.getTime() - PATIENCE_MS) } };
}
