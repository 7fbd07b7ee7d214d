import { Job, type JobHandler, Log, Metrics, Mongo, newId, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { AuditEntry, AuditHead, AuditLink, HEAD, UnchainedEntry } from '../audit/audit.schema';
import { BEGINNING, Seals } from '../audit/seals';

const BATCH = 500;

/**
 * Takes new entries of the trail up into the chain. The head is the lease: whoever moves it first has the turn, and of two at
 * once the second begins again with what is left.
 */
@Job({ queue: 'onboarding-chain-audit', concurrency: 1 })
export class ChainAuditJob implements JobHandler<object> {
  private readonly waiting;

  constructor(
    private readonly mongo: Mongo,
    @InjectModel(AuditEntry.name) private readonly entries: Model<AuditEntry>,
    @InjectModel(UnchainedEntry.name) private readonly unchained: Model<UnchainedEntry>,
    @InjectModel(AuditLink.name) private readonly links: Model<AuditLink>,
    @InjectModel(AuditHead.name) private readonly heads: Model<AuditHead>,
    private readonly seals: Seals,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.waiting = metrics.gauge('audit_unchained_seconds', 'Age of the oldest audit entry that is not chained yet');
  }

  async process(_data: object = {}): Promise<void> {
    while ((await this.mongo.transaction((session) => this.step(session))) === BATCH);
  }

  async due(): Promise<Wakeup[]> {
    const oldest = await this.unchained.findOne({}).sort({ _id: 1 }).lean<UnchainedEntry>();
    this.waiting.set(oldest ? Math.max(0, (Date.now() - oldest.at.getTime()) / 1_000) : 0);
    return oldest ? [{ id: 'chain-audit', data: {} }] : [];
  }

  /** One transaction; how many entries it took up. */
  private async step(session: ClientSession): Promise<number> {
    const head = (await this.heads.findById(HEAD).session(session).lean<AuditHead>()) ?? undefined;
    const waiting = await this.unchained
      .find({})
      .sort({ _id: 1 })
      .limit(BATCH)
      .session(session)
      .lean<UnchainedEntry[]>();
    if (waiting.length === 0) return 0;
    const entryId = { $in: waiting.map(({ _id }) => _id) };
    const found = await this.entries.find({ _id: entryId }).session(session).lean<AuditEntry[]>();
    const byId = new Map(found.map((entry) => [entry._id, entry]));
    let { position, hash } = head ?? { position: 0, hash: BEGINNING };
    const links = waiting.map(({ _id }): AuditLink => {
      position += 1;
      const place = { position, entryId: _id, previous: hash };
      // An entry that was taken away before it was chained gets its place all the same: its absence is what is found.
      hash = this.seals.link(place, byId.get(_id)?.seal ?? '');
      return { _id: newId(), ...place, hash, at: new Date() };
    });
    const seal = this.seals.head({ position, hash });
    await this.heads.updateOne({ _id: HEAD }, { $set: { position, hash, seal } }, { session, upsert: true });
    await this.links.insertMany(links, { session });
    await this.unchained.deleteMany({ _id: entryId }, { session });
    // Outside of the database too: `ops audit verify --anchor` holds the chain against it.
    this.mongo.afterCommit(session, () => this.log.info({ position, hash }, 'audit chain grew'));
    return waiting.length;
  }
}
