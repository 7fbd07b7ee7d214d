import { type Channel, event, SignInRequestedV1 } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import type { Language } from '../people/person.schema';
import { ATTEMPTS, expiryOf, type FlowState } from '../people/verification-flow.schema';

/** The one purpose under which the codes of sign-ins are derived. */
export const SIGN_IN = 'sign-in';
export const SIGN_IN_QUEUE = 'onboarding-send-sign-in-code';

/**
 * Somebody wants to sign in with an address, known or not: what stands here is the same. The address is a keyed hash, the code is
 * derived. An aggregate of its own, so that nothing about a cooperative or an official changes before they are in.
 */
@Schema({ collection: 'sign_in_flows', versionKey: false })
export class SignInFlow {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: Number, default: 0 }) sequence!: number;
  @Prop({ type: String, required: true }) addressHash!: string;
  @Prop({ type: String, required: true }) channel!: Channel;
  @Prop({ type: String, default: 'open' }) state!: FlowState;
  @Prop({ type: Number, default: 1 }) sendNumber!: number;
  @Prop({ type: [Date] }) sends!: Date[];
  /** The send that the job still has to ask for. */
  @Prop({ type: Number }) owed?: number;
  @Prop({ type: Number, default: ATTEMPTS }) attemptsLeft!: number;
  @Prop({ type: Date, required: true }) expiresAt!: Date;
  /** The flow that was opened in its place. */
  @Prop({ type: String }) nextFlowId?: string;
  @Prop({ type: Date, required: true }) createdAt!: Date;
  /** For the index that forgets it, by the machine's time: longer than the limits look back. */
  @Prop({ type: Date, required: true }) forgetAt!: Date;

  isLive(at: Date): boolean {
    return this.state === 'open' && at < this.expiresAt;
  }

  /** The fact that a code is owed to somebody who is known. */
  requested(
    recipient: { recipientKind: 'contact' | 'official'; recipientId: string; language: Language },
    at: Date,
  ): SignInRequestedV1 {
    const dated = { effectiveOn: at.toISOString(), knownAt: at.toISOString() };
    const { _id: flowId, channel, sendNumber } = this;
    return event(SignInRequestedV1, { flowId, ...recipient, channel, sendNumber, ...dated });
  }
}

/** A new flow with its first code owed. */
export function newSignIn(id: string, addressHash: string, channel: Channel, at: Date): Omit<SignInFlow, 'id'> {
  return Object.assign(new SignInFlow(), {
    _id: id,
    sequence: 0,
    addressHash,
    channel,
    state: 'open' as const,
    sendNumber: 1,
    sends: [at],
    owed: 1,
    attemptsLeft: ATTEMPTS,
    expiresAt: expiryOf(channel, at),
    createdAt: at,
    forgetAt: new Date(Date.now() + 3 * 86_400_000),
  });
}

/** The wake-up of a code that is owed. */
export function signInWakeup({ _id, sendNumber }: Pick<SignInFlow, '_id' | 'sendNumber'>) {
  return { id: `${_id}-sign-in-${sendNumber}`, data: { flowId: _id } };
}

export type SignInFlowDocument = HydratedDocument<SignInFlow>;
export const SignInFlowSchema = SchemaFactory.createForClass(SignInFlow);
SignInFlowSchema.loadClass(SignInFlow);
SignInFlowSchema.index({ addressHash: 1, createdAt: 1 });
SignInFlowSchema.index({ owed: 1 }, { sparse: true });
SignInFlowSchema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });
