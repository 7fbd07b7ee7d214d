import { EVENTS } from '@idxcoop/contracts';
import { type BatchedEvent, EventConsumer, OnEvents } from '@idxcoop/messaging';
import { Jobs, Mongo } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Fact, isCounted } from '../fact/fact.schema';
import { FOLD_QUEUE } from '../membership/fold';

type Payload = Record<string, unknown>;

/** Appends every fact to the record, and does no more: what follows from them is folded by a job. */
@EventConsumer('record-fact')
export class RecordFactConsumer {
  constructor(
    @InjectModel(Fact.name) private readonly facts: Model<Fact>,
    private readonly mongo: Mongo,
    private readonly jobs: Jobs,
  ) {}

  @OnEvents(...EVENTS, { batch: 200 })
  async on(batch: BatchedEvent[], session: ClientSession): Promise<void> {
    const facts = batch.map(factOf);
    await this.facts.insertMany(facts, { session, lean: true });
    const counted = facts.find((fact) => fact.pending);
    if (!counted) return;
    this.mongo.afterCommit(session, () => void this.jobs.wake(FOLD_QUEUE, { id: `fold-${counted._id}`, data: {} }));
  }
}

function factOf({ event, context }: BatchedEvent): Fact {
  const payload = { ...event } as Payload;
  const text = (name: string) => (typeof payload[name] === 'string' ? { [name]: payload[name] } : {});
  return {
    _id: context.id,
    type: context.type,
    ...text('cooperativeId'),
    ...text('importId'),
    ...text('survivorId'),
    ...text('effectiveOn'),
    ...(typeof payload.knownAt === 'string' ? { knownAt: new Date(payload.knownAt) } : {}),
    recordedAt: context.time,
    payload,
    partitionKey: context.partitionKey,
    sequence: context.sequence,
    ...(isCounted(context.type) ? { pending: true } : {}),
  };
}
