import type { Channel } from '@idxcoop/contracts';
import { Clock, Derivation, Jobs, Mongo, newId, sameText } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { expiryOf, waitForSend } from '../people/verification-flow.schema';
import {
  newSignIn,
  SIGN_IN,
  SIGN_IN_QUEUE,
  SignInFlow,
  type SignInFlowDocument,
  signInWakeup,
} from './sign-in-flow.schema';

/** Where people are on their way in. */
@Injectable()
export class SignInFlows {
  constructor(
    @InjectModel(SignInFlow.name) private readonly flows: Model<SignInFlow>,
    private readonly mongo: Mongo,
    private readonly jobs: Jobs,
    private readonly derivation: Derivation,
    private readonly clock: Clock,
  ) {}

  find(id: string, session: ClientSession): Promise<SignInFlowDocument | null> {
    return this.flows.findById(id).session(session).exec();
  }

  /** Seconds until a code may go to this address again, over all of its flows; it does not matter whether anybody has it. */
  async wait(addressHash: string, session: ClientSession): Promise<number> {
    const at = this.clock.now();
    const since = new Date(at.getTime() - 86_400_000);
    // A flow that was begun a day ago may have been sent again since.
    const recent = { addressHash, createdAt: { $gt: new Date(since.getTime() - 3_600_000 * 6) } };
    const flows = await this.flows.find(recent, { sends: 1 }).session(session).lean<SignInFlow[]>();
    return waitForSend(
      flows.flatMap(({ sends }) => sends),
      at,
    );
  }

  async open(addressHash: string, channel: Channel, session: ClientSession): Promise<SignInFlow> {
    const flow = newSignIn(newId(), addressHash, channel, this.clock.now());
    await this.flows.insertMany([flow], { session });
    this.wake(flow, session);
    return flow as SignInFlow;
  }

  /** Sends the code of a flow once more while it lives; else that of the one in its place. The caller has asked whether it may. */
  async sendAgain(named: SignInFlowDocument, session: ClientSession): Promise<SignInFlow> {
    const at = this.clock.now();
    const flow = await this.newest(named, session);
    if (!flow.isLive(at)) return this.replace(flow, session);
    flow.sendNumber += 1;
    flow.owed = flow.sendNumber;
    flow.sends.push(at);
    flow.expiresAt = expiryOf(flow.channel, at);
    await flow.save({ session });
    this.wake(flow, session);
    return flow;
  }

  /** The flow that lives in the place of one that ended, opened where a code may be sent; null where it may not. */
  async successor(ended: SignInFlowDocument, session: ClientSession): Promise<string | null> {
    const last = await this.newest(ended, session);
    if (last.isLive(this.clock.now())) return last.id;
    if ((await this.wait(last.addressHash, session)) > 0) return null;
    return (await this.replace(last, session))._id;
  }

  /** Whether a code is the one of this flow; messages may overtake each other, so the one before the last is as good. */
  isCode(flow: Pick<SignInFlow, '_id' | 'sendNumber'>, typed: string): boolean {
    const digits = typed.replace(/\D/g, '');
    const sends = [flow.sendNumber, Math.max(1, flow.sendNumber - 1)];
    return sends.map((send) => sameText(digits, this.derivation.code(SIGN_IN, flow._id, send))).includes(true);
  }

  /** What is to be sent, for the message to one of its people: none where the flow is not theirs. */
  async secretOf(flowId: string | undefined, addressHash: string | undefined, sendNumber = 1) {
    const flow = flowId ? await this.flows.findOne({ _id: flowId, addressHash }).lean<SignInFlow>() : null;
    if (!flow || !addressHash) return null;
    const expired = flow.state !== 'open' || flow.expiresAt <= this.clock.now();
    const code = this.derivation.code(SIGN_IN, flow._id, sendNumber);
    return { code, expired, expiresAt: flow.expiresAt.toISOString() };
  }

  private async replace(flow: SignInFlowDocument, session: ClientSession): Promise<SignInFlow> {
    const next = await this.open(flow.addressHash, flow.channel, session);
    if (flow.state === 'open') flow.state = 'expired';
    flow.nextFlowId = next._id;
    await flow.save({ session });
    return next;
  }

  private async newest(flow: SignInFlowDocument, session: ClientSession): Promise<SignInFlowDocument> {
    for (let current = flow; ; ) {
      const next = current.nextFlowId && (await this.find(current.nextFlowId, session));
      if (!next) return current;
      current = next;
    }
  }

  private wake(flow: Pick<SignInFlow, '_id' | 'sendNumber'>, session: ClientSession): void {
    this.mongo.afterCommit(session, () => void this.jobs.wake(SIGN_IN_QUEUE, signInWakeup(flow)));
  }
}
