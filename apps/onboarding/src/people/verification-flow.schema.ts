import { type Channel, event, VerificationRequestedV1 } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import type { Language } from './person.schema';

/** Five guesses of a million, then the flow is spent. */
export const ATTEMPTS = 5;

/** Messages of one flow, the first included. */
export const SENDS_PER_FLOW = 4;

/** Messages to one contact, over all of its flows: so many guesses, and so much nuisance, at most. */
export const SENDS_PER_CONTACT = [
  { sends: 6, seconds: 3_600 },
  { sends: 12, seconds: 86_400 },
] as const;

/** Messages to one address, over all people and cooperatives that name it: whoever names the number of somebody else is a nuisance at most. */
export const SENDS_PER_ADDRESS = [
  { sends: 10, seconds: 3_600 },
  { sends: 20, seconds: 86_400 },
] as const;

/**
 * A code is typed from the phone in the hand, so 15 minutes are ample and few guesses fit in. A link cannot be guessed and
 * mail may wait in grey lists for half an hour, so it lives 60 minutes, as e-Residency's does.
 */
const LIFETIME_MS: Readonly<Record<Channel, number>> = { whatsapp: 15 * 60_000, email: 60 * 60_000 };

/** Whoever an import names is asked among thousands: the message may take days to leave, and is answered at leisure. */
const IMPORTED_LIFETIME_MS = 7 * 86_400_000;

/** The one purpose under which codes and link tokens of flows are derived. */
export const VERIFICATION = 'verification';

export type FlowState = 'open' | 'verified' | 'spent' | 'expired' | 'replaced';

/** One attempt to prove an address: its own id, expiry and number of guesses. The code is derived, never stored. */
@Schema({ collection: 'verification_flows', versionKey: false })
export class VerificationFlow {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: String, required: true }) personId!: string;
  @Prop({ type: String, required: true }) contactId!: string;
  @Prop({ type: String }) claimId?: string;
  @Prop({ type: String, required: true }) channel!: Channel;
  @Prop({ type: String, required: true }) language!: Language;
  @Prop({ type: Number, default: 1 }) sendNumber!: number;
  @Prop({ type: Number, default: ATTEMPTS }) attemptsLeft!: number;
  @Prop({ type: String, default: 'open' }) state!: FlowState;
  @Prop({ type: Date, required: true }) expiresAt!: Date;
  /** The flow that was opened in its place. */
  @Prop({ type: String }) nextFlowId?: string;
  @Prop({ type: Date, required: true }) createdAt!: Date;

  isLive(at: Date): boolean {
    return this.state === 'open' && at < this.expiresAt;
  }

  /** The fact that a message is owed. */
  requested(at: Date): VerificationRequestedV1 {
    return event(VerificationRequestedV1, {
      flowId: this._id,
      cooperativeId: this.cooperativeId,
      contactId: this.contactId,
      channel: this.channel,
      language: this.language,
      sendNumber: this.sendNumber,
      effectiveOn: at.toISOString(),
      knownAt: at.toISOString(),
    });
  }
}

/** How the outside sees a flow. */
export function publicFlow(flow: Pick<VerificationFlow, '_id' | 'channel' | 'expiresAt'>) {
  return { flowId: flow._id, channel: flow.channel, expiresAt: flow.expiresAt.toISOString() };
}

export function expiryOf(channel: Channel, at: Date): Date {
  return new Date(at.getTime() + LIFETIME_MS[channel]);
}

export function importedExpiryOf(at: Date): Date {
  return new Date(at.getTime() + IMPORTED_LIFETIME_MS);
}

/** Seconds until this contact may be written to again; 0 where it may now. */
export function waitForSend(
  sends: readonly Date[],
  at: Date,
  limits: readonly { sends: number; seconds: number }[] = SENDS_PER_CONTACT,
): number {
  const waits = limits.map(({ sends: most, seconds }) => {
    const recent = sends.filter((sent) => at.getTime() - sent.getTime() < seconds * 1_000);
    const blocking = recent.sort((a, b) => a.getTime() - b.getTime()).at(-most);
    return blocking ? Math.ceil((blocking.getTime() + seconds * 1_000 - at.getTime()) / 1_000) : 0;
  });
  return Math.max(...waits);
}

export type VerificationFlowDocument = HydratedDocument<VerificationFlow>;
export const VerificationFlowSchema = SchemaFactory.createForClass(VerificationFlow);
VerificationFlowSchema.loadClass(VerificationFlow);
VerificationFlowSchema.index({ contactId: 1, createdAt: 1 });
VerificationFlowSchema.index({ cooperativeId: 1 });
VerificationFlowSchema.index({ personId: 1 });
