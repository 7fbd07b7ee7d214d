import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { asRecorded, Fact, isCounted } from '../fact/fact.schema';
import type { CooperativeFacts } from './changes';
import { FACT, type RecordedFact, type RecordedRevert } from './statement';

/** Reads what the record holds about cooperatives: folded facts, and those that are being folded. */
@Injectable()
export class CooperativeFactsReader {
  constructor(@InjectModel(Fact.name) private readonly facts: Model<Fact>) {}

  /** The facts of these cooperatives and of all that duplicate decisions tie to them: their counts follow from each other. */
  async read(
    cooperativeIds: readonly string[],
    folding: ReadonlySet<string>,
    session: ClientSession,
  ): Promise<CooperativeFacts[]> {
    const byCooperative = new Map<string, RecordedFact[]>();
    let wanted = [...new Set(cooperativeIds)];
    while (wanted.length > 0) {
      for (const id of wanted) byCooperative.set(id, []);
      const rows = await this.facts
        .find({ $or: [{ cooperativeId: { $in: wanted } }, { survivorId: { $in: wanted } }] })
        .session(session)
        .lean();
      const held = rows.filter((row) => isCounted(row.type) && (!row.pending || folding.has(row._id))).map(asRecorded);
      const tied = new Set<string>();
      for (const fact of held) {
        if (wanted.includes(fact.cooperativeId)) byCooperative.get(fact.cooperativeId)?.push(fact);
        for (const id of [fact.cooperativeId, fact.survivorId]) if (id && !byCooperative.has(id)) tied.add(id);
      }
      wanted = [...tied];
    }
    const reverts = await this.reverts([...byCooperative.values()].flat(), folding, session);
    return [...byCooperative.keys()].map((id) => treeOf(id, byCooperative, reverts, new Set()));
  }

  private async reverts(
    held: RecordedFact[],
    folding: ReadonlySet<string>,
    session: ClientSession,
  ): Promise<RecordedRevert[]> {
    const imports = [...new Set(held.flatMap((fact) => fact.importId ?? []))];
    if (imports.length === 0) return [];
    const rows = await this.facts
      .find({ importId: { $in: imports }, type: FACT.reverted })
      .session(session)
      .lean();
    return rows
      .filter((row) => !row.pending || folding.has(row._id))
      .map((row) => ({ importId: row.importId ?? '', knownAt: row.knownAt ?? row.recordedAt }));
  }
}

/** A cooperative with the records merged into it; two records that were each found to be the other's duplicate end the way down. */
function treeOf(
  id: string,
  all: ReadonlyMap<string, RecordedFact[]>,
  reverts: readonly RecordedRevert[],
  above: ReadonlySet<string>,
): CooperativeFacts {
  const own = all.get(id) ?? [];
  const imports = new Set(own.map((fact) => fact.importId));
  const path = new Set([...above, id]);
  const duplicates = [...all]
    .filter(([other, facts]) => !path.has(other) && facts.some((fact) => fact.survivorId === id))
    .map(([other]) => treeOf(other, all, reverts, path));
  return { cooperativeId: id, own, duplicates, reverts: reverts.filter((revert) => imports.has(revert.importId)) };
}
