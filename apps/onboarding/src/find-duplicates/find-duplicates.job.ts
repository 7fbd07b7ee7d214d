import { Outbox } from '@idxcoop/messaging';
import { Clock, Job, type JobContext, type JobHandler, Mongo, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import {
  candidate,
  DuplicateCandidate,
  type DuplicateCandidateDocument,
  pairOf,
} from '../duplicates/duplicate-candidate.schema';
import { FIND_DUPLICATES_QUEUE, matchWakeup } from '../duplicates/match-wakeup';
import { type LookAlike, LookAlikes, type Looked } from '../duplicates/look-alikes';

const BATCH = 50;

/** Of one cooperative: an officer who is shown more reads none of them. */
const MOST_NEW = 10;

/** A name that so many in a regency bear is no sign. */
const COMMON = 50;

type Due = Looked & Pick<Cooperative, 'matchDue'>;

/** Looks at the cooperatives that are new or changed, and writes down which others they may be. Nothing is merged by itself. */
@Job({ queue: FIND_DUPLICATES_QUEUE })
export class FindDuplicatesJob implements JobHandler<object> {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(DuplicateCandidate.name) private readonly candidates: Model<DuplicateCandidate>,
    private readonly lookAlikes: LookAlikes,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async process(_data: object, { signal }: JobContext): Promise<void> {
    for (let looked = BATCH; looked === BATCH && !signal.aborted; ) looked = await this.lookAtSome();
  }

  async due(): Promise<Wakeup<object>[]> {
    const [first] = await this.waiting(1);
    return first ? [matchWakeup(first)] : [];
  }

  private waiting(limit: number): Promise<Due[]> {
    const needed = { name: 1, regionCode: 1, website: 1, matchMarks: 1, matchDue: 1 } as const;
    return this.cooperatives
      .find({ matchDue: { $type: 'string' } }, needed)
      .limit(limit)
      .lean<Due[]>();
  }

  private async lookAtSome(): Promise<number> {
    const looked = await this.waiting(BATCH);
    if (looked.length === 0) return 0;
    const alike = await this.lookAlikes.of(looked);
    await this.mongo.transaction((session) => this.record(looked, alike, session));
    return looked.length;
  }

  private async record(
    looked: readonly Due[],
    { found, isComplete }: Awaited<ReturnType<LookAlikes['of']>>,
    session: ClientSession,
  ): Promise<void> {
    const at = this.clock.now();
    const byPair = new Map(found.map((entry) => [pairOf(entry.looked._id, entry.other._id), entry]));
    const ids = looked.map(({ _id }) => _id);
    const known = await this.candidates.find({ members: { $in: ids } }).session(session);
    const facts: { aggregate: DuplicateCandidateDocument; event: object }[] = [];
    for (const one of known) {
      const fact = this.lookAgain(one, byPair.get(one.pair), isComplete, at);
      if (fact) facts.push({ aggregate: one, event: fact });
      byPair.delete(one.pair);
    }
    const added = ids.flatMap((id) => worthTelling([...byPair.values()].filter(({ looked }) => looked._id === id)));
    const fresh = added.map((alike) => new this.candidates(candidate(alike.looked, alike.other, alike, at)));
    facts.push(...fresh.map((one) => ({ aggregate: one, event: one.suspected(at) })));
    await this.outbox.addMany(facts, session);
    if (fresh.length > 0) await this.candidates.insertMany(fresh, { session });
    for (const one of known.filter((each) => each.isModified())) await one.save({ session });
    // Only what was looked at: it may have changed since.
    const done = looked.map(({ _id, matchDue }) => ({
      updateOne: { filter: { _id, matchDue }, update: { $unset: { matchDue: 1 as const } } },
    }));
    await this.cooperatives.bulkWrite(done, { session });
  }

  /** What a suspicion has become; a decision of an officer stands. */
  private lookAgain(
    one: DuplicateCandidateDocument,
    alike: LookAlike | undefined,
    isComplete: boolean,
    at: Date,
  ): object | undefined {
    if (one.state === 'open' && !alike && isComplete) return one.dismiss('cleared', 'no_longer_alike', undefined, at);
    if (!alike || (one.state !== 'open' && one.state !== 'cleared')) return undefined;
    const isBack = one.state === 'cleared';
    const { band, score, signals } = alike;
    one.set({ band, score, signals, state: 'open', ...(isBack && { reason: undefined, decidedAt: undefined }) });
    return isBack ? one.suspected(at) : undefined;
  }
}

/** The strongest of what is alike to one cooperative, without those that only bear a name which many bear. */
function worthTelling(alike: readonly LookAlike[]): LookAlike[] {
  return alike
    .filter(({ signals }) => alike.length <= COMMON || signals.length > 1)
    .sort((a, b) => rank(b) - rank(a))
    .slice(0, MOST_NEW);
}

function rank({ band, score, signals }: LookAlike): number {
  return (band === 'strong' ? 10 : 0) + signals.length + score;
}
