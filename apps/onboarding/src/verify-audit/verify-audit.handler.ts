import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AuditEntry, AuditHead, AuditLink, HEAD, UnchainedEntry } from '../audit/audit.schema';
import { type Anchor, ChainCheck, type Finding } from '../audit/chain-check';
import { Seals } from '../audit/seals';

const PAGE = 1_000;

/** So long may an entry wait for its link while the chain grows beyond it. */
const TAIL_MS = 10 * 60_000;

const MOST_FINDINGS = 100;

export interface AuditVerdict {
  whole: boolean;
  entries: number;
  /** Entries of the last seconds, which the chain has not taken up yet. */
  unchained: number;
  /** The end of the chain: noted elsewhere, it is the next check's anchor. */
  head: Anchor | null;
  /** The first hundred. */
  findings: Finding[];
}

/** Reads the whole trail and tells whether anything was removed, changed, moved or cut off. It writes nothing. */
@Injectable()
export class VerifyAuditHandler {
  constructor(
    @InjectModel(AuditEntry.name) private readonly entries: Model<AuditEntry>,
    @InjectModel(UnchainedEntry.name) private readonly unchained: Model<UnchainedEntry>,
    @InjectModel(AuditLink.name) private readonly links: Model<AuditLink>,
    @InjectModel(AuditHead.name) private readonly heads: Model<AuditHead>,
    private readonly seals: Seals,
  ) {}

  async execute(anchor?: Anchor): Promise<AuditVerdict> {
    // First the head: what is chained while we read lies behind it.
    const head = (await this.heads.findById(HEAD).lean<AuditHead>()) ?? undefined;
    const check = new ChainCheck(this.seals, anchor);
    const until = head?.position ?? Number.MAX_SAFE_INTEGER;
    let grownAt = new Date(0);
    for await (const { link, entry } of this.chain(until)) {
      check.next(link, entry);
      grownAt = link.at;
    }
    check.finish(head);
    const findings: Finding[] = [...check.findings];
    const { entries, unchained, outside } = await this.outside(grownAt);
    findings.push(...outside);
    const { position, hash } = check.end;
    return {
      whole: findings.length === 0,
      entries,
      unchained,
      head: position > 0 ? { position, hash } : null,
      findings: findings.slice(0, MOST_FINDINGS),
    };
  }

  private async *chain(until: number): AsyncGenerator<{ link: AuditLink; entry: AuditEntry | undefined }> {
    let after = 0;
    while (after < until) {
      const position = { $gt: after, $lte: until };
      const links = await this.links.find({ position }).sort({ position: 1 }).limit(PAGE).lean<AuditLink[]>();
      const last = links.at(-1);
      if (!last) return;
      after = last.position;
      const ids = links.map(({ entryId }) => entryId);
      const entries = await this.entries.find({ _id: { $in: ids } }).lean<AuditEntry[]>();
      const byId = new Map(entries.map((entry) => [entry._id, entry]));
      for (const link of links) yield { link, entry: byId.get(link.entryId) };
    }
  }

  /** Entries that no link names: those that wait for theirs, and those that nobody can tell the origin of. */
  private async outside(grownAt: Date) {
    const outside: Finding[] = [];
    let [entries, unchained] = [0, 0];
    for await (const page of this.pages()) {
      entries += page.length;
      const ids = page.map(({ _id }) => _id);
      // In this order: an entry moves from waiting to linked in one transaction, so one of the two questions finds it.
      const waiting = await this.unchained.find({ _id: { $in: ids } }).lean<UnchainedEntry[]>();
      const linked = await this.links.find({ entryId: { $in: ids } }, { entryId: 1 }).lean<AuditLink[]>();
      const named = new Set([...waiting.map(({ _id }) => _id), ...linked.map(({ entryId }) => entryId)]);
      unchained += waiting.length;
      for (const entry of page) {
        if (!named.has(entry._id)) outside.push({ code: 'entry_unlisted', entryId: entry._id });
        const since = waiting.find(({ _id }) => _id === entry._id)?.at;
        if (since) outside.push(...this.checkWaiting(entry, since, grownAt));
      }
    }
    return { entries, unchained, outside };
  }

  private checkWaiting(entry: AuditEntry, since: Date, grownAt: Date): Finding[] {
    const entryId = entry._id;
    return [
      ...(this.seals.entry(entry) === entry.seal ? [] : [{ code: 'entry_changed' as const, entryId }]),
      ...(grownAt.getTime() - since.getTime() > TAIL_MS ? [{ code: 'entry_passed_over' as const, entryId }] : []),
    ];
  }

  private async *pages(): AsyncGenerator<AuditEntry[]> {
    const cursor = this.entries.find({}).lean<AuditEntry[]>().cursor({ batchSize: PAGE });
    let page: AuditEntry[] = [];
    for await (const entry of cursor) {
      page.push(entry as unknown as AuditEntry);
      if (page.length < PAGE) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }
}
