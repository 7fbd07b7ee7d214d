import { Outbox } from '@idxcoop/messaging';
import { Clock, Job, type JobHandler, Mongo, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { SIGN_IN_QUEUE, SignInFlow, signInWakeup } from '../sessions/sign-in-flow.schema';
import { Subjects } from '../sessions/subjects';

/** Asks for the code of a sign-in where somebody has the address: one message, however many they speak for. */
@Job({ queue: SIGN_IN_QUEUE, concurrency: 10 })
export class SendSignInCodeJob implements JobHandler<{ flowId: string }> {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(SignInFlow.name) private readonly flows: Model<SignInFlow>,
    private readonly subjects: Subjects,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  process({ flowId }: { flowId: string }): Promise<void> {
    return this.mongo.transaction(async (session) => {
      const flow = await this.flows.findById(flowId).session(session);
      if (!flow?.owed) return;
      flow.owed = undefined;
      const [first] = await this.subjects.of(flow.addressHash, session);
      if (first) {
        const { recipientId, language, kind } = first;
        const recipientKind = kind === 'official' ? ('official' as const) : ('contact' as const);
        const requested = flow.requested({ recipientKind, recipientId, language }, this.clock.now());
        await this.outbox.add(flow, requested, session);
      }
      await flow.save({ session });
    });
  }

  async due(_now: Date, limit: number): Promise<Wakeup<{ flowId: string }>[]> {
    const owed = await this.flows
      .find({ owed: { $gt: 0 } }, { sendNumber: 1 })
      .limit(limit)
      .lean<SignInFlow[]>();
    return owed.map(signInWakeup);
  }
}
