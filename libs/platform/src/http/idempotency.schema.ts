import { Schema } from 'mongoose';

/** The claim of an idempotency key and, once its effect is there, the answer. */
export interface IdempotencyRecord {
  _id: string;
  route: string;
  caller: string;
  key: string;
  /** A keyed hash of the request, so that its content is not held. */
  fingerprint: string;
  /** Whoever holds the claim; a claim whose lease is over may be taken over under another. */
  claimId: string;
  state: 'running' | 'done';
  leaseUntil: Date;
  expiresAt: Date;
  status?: number;
  location?: string;
  answer?: unknown;
  problem?: boolean;
}

export const IdempotencySchema = new Schema<IdempotencyRecord>(
  {
    _id: String,
    route: { type: String, required: true },
    caller: { type: String, required: true },
    key: { type: String, required: true },
    fingerprint: { type: String, required: true },
    claimId: { type: String, required: true },
    state: { type: String, required: true },
    leaseUntil: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    status: Number,
    location: String,
    answer: Schema.Types.Mixed,
    problem: Boolean,
  },
  { collection: 'idempotency_keys', versionKey: false, minimize: false },
)
  .index({ route: 1, caller: 1, key: 1 }, { unique: true, name: 'one_answer_per_route_caller_and_key' })
  .index({ expiresAt: 1 }, { expireAfterSeconds: 0, name: 'keys_live_24_hours' });
