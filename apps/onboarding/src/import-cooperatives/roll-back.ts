import { Mongo } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative, type CooperativeDocument, stage } from '../cooperative/cooperative.schema';
import { HardKeys } from '../cooperative/hard-key.schema';
import { DuplicateCandidate } from '../duplicates/duplicate-candidate.schema';
import { FormerCooperatives } from '../imports/former-cooperative.schema';
import { Import, IMPORT_CHUNK, IMPORT_LEASE_MS, type ImportDocument, type ImportState } from '../imports/import.schema';
import { ImportChange, ImportKey } from '../imports/import-parts.schema';
import { Consent } from '../people/consent.schema';
import { Person } from '../people/person.schema';
import { VerificationFlow } from '../people/verification-flow.schema';
import type { RowFields } from './row';

/** Imports that state nothing any more: of two that are rolled back at once, neither keeps a record for the other. */
const REVERTED: readonly ImportState[] = ['rolling_back', 'rolled_back'];

/** Takes an import back, chunk by chunk. A record that lives on by itself stays, without what the file said. */
@Injectable()
export class RollBack {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Import.name) private readonly imports: Model<Import>,
    @InjectModel(ImportChange.name) private readonly changes: Model<ImportChange>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Consent.name) private readonly consents: Model<Consent>,
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    @InjectModel(ImportKey.name) private readonly fileKeys: Model<ImportKey>,
    @InjectModel(DuplicateCandidate.name) private readonly candidates: Model<DuplicateCandidate>,
    private readonly hardKeys: HardKeys,
    private readonly former: FormerCooperatives,
  ) {}

  /** What the import changed, in an order that is the same each time. */
  async open({ _id: importId }: Import): Promise<{ next(): Promise<boolean> }> {
    const ids: string[] = [];
    // The ids alone: there may be a hundred thousand of them.
    for await (const { _id } of this.changes.find({ importId }, { _id: 1 }).lean<ImportChange>().cursor())
      ids.push(_id);
    ids.sort();
    return { next: () => this.mongo.transaction((session) => this.step(importId, ids, session)) };
  }

  /** One transaction; false when there is nothing left to do. */
  private async step(id: string, ids: readonly string[], session: ClientSession): Promise<boolean> {
    const current = await this.imports.findOne({ _id: id, state: 'rolling_back' }).session(session);
    if (!current) return false;
    const _id = { $in: ids.slice(current.undone, current.undone + IMPORT_CHUNK) };
    const chunk = await this.changes.find({ _id }).session(session).lean<ImportChange[]>();
    await this.takeBack(current, chunk, session);
    current.undone += _id.$in.length;
    if (current.undone < ids.length) current.leaseUntil = new Date(Date.now() + IMPORT_LEASE_MS);
    else {
      current.state = 'rolled_back';
      // Only now may the file come again: a row of it that still stood would count as known.
      await this.fileKeys.deleteOne({ importId: id }, { session });
    }
    await current.save({ session });
    return current.state === 'rolling_back';
  }

  private async takeBack(
    { id: importId, territory, revertedAt: at = new Date() }: ImportDocument,
    changes: ImportChange[],
    session: ClientSession,
  ): Promise<void> {
    const cooperativeId = { $in: changes.map((change) => change.cooperativeId) };
    const touched = await this.cooperatives.find({ _id: cooperativeId }).session(session);
    const others = await this.othersOn(cooperativeId, importId, session);
    const joined = await this.joined(cooperativeId.$in, session);
    const stays = (cooperative: Cooperative) =>
      livesByItself(cooperative) ||
      joined.has(cooperative._id) ||
      (others.get(cooperative._id) ?? []).some(({ state }) => !REVERTED.includes(state));
    const gone = touched.filter((cooperative) => !stays(cooperative));
    const kept = touched.filter(stays);
    const byId = new Map(kept.map((cooperative) => [cooperative.id, cooperative]));
    for (const { cooperativeId: id, created, fields } of changes) {
      const cooperative = byId.get(id);
      // What it is called and where it is stays, even where this import said so first: somebody goes on with it.
      if (cooperative) await restore(cooperative, created ? fields.filter(isDate) : fields, at, session);
    }
    await this.forgetPeople(importId, cooperativeId.$in, kept, session);
    const goneIds = gone.map(({ id }) => id);
    await this.former.keep(
      gone.map((cooperative) => ({
        cooperative,
        territories: [territory, ...(others.get(cooperative.id) ?? []).map((other) => other.territory)],
      })),
      session,
    );
    await this.candidates.deleteMany({ members: { $in: goneIds } }, { session });
    await this.hardKeys.release(goneIds, session);
    await this.hardKeys.follow(kept, session);
    await this.cooperatives.deleteMany({ _id: { $in: goneIds } }, { session });
  }

  /** An officer found them to be one with another: the decision needs both records. */
  private async joined(ids: string[], session: ClientSession): Promise<Set<string>> {
    const pairs = await this.candidates
      .find({ members: { $in: ids }, state: 'same' }, { members: 1 })
      .session(session)
      .lean<DuplicateCandidate[]>();
    return new Set(pairs.flatMap(({ members }) => members));
  }

  /** The other imports that stated something of these cooperatives, by cooperative. */
  private async othersOn(cooperativeId: { $in: string[] }, importId: string, session: ClientSession) {
    const changes = await this.changes
      .find({ cooperativeId, importId: { $ne: importId } }, { importId: 1, cooperativeId: 1 })
      .session(session)
      .lean<ImportChange[]>();
    const importIds = [...new Set(changes.map((change) => change.importId))];
    const imports = await this.imports
      .find({ _id: { $in: importIds } }, { state: 1, territory: 1 })
      .session(session)
      .lean<Import[]>();
    const byId = new Map(imports.map((found) => [found._id, found]));
    const others = new Map<string, Import[]>();
    for (const change of changes) {
      const found = byId.get(change.importId);
      if (found) others.set(change.cooperativeId, [...(others.get(change.cooperativeId) ?? []), found]);
    }
    return others;
  }

  /** People of this file go with their cooperative; those of a record that stays are its own now. */
  private async forgetPeople(
    importId: string,
    cooperativeIds: string[],
    kept: readonly Cooperative[],
    session: ClientSession,
  ): Promise<void> {
    const staying = new Set(kept.map(({ _id }) => _id));
    const theirs = { importId, cooperativeId: { $in: cooperativeIds.filter((id) => !staying.has(id)) } };
    const people = await this.people.find(theirs, { _id: 1 }).session(session).lean();
    const personId = { $in: people.map(({ _id }) => _id) };
    await this.flows.deleteMany({ personId }, { session });
    await this.consents.deleteMany({ personId }, { session });
    await this.people.deleteMany({ _id: personId }, { session });
  }
}

/** Somebody signed it up, or confirmed it, claimed it or handed it in since: it is theirs. */
function livesByItself({ origin, contactVerifiedAt, lastSeenAt }: Cooperative): boolean {
  return origin !== 'import' || !!contactVerifiedAt || !!lastSeenAt;
}

const isDate = (field: keyof RowFields): boolean => field === 'declaredReadyOn' || field === 'verifiedOn';

async function restore(
  cooperative: CooperativeDocument,
  fields: string[],
  at: Date,
  session: ClientSession,
): Promise<void> {
  for (const field of fields) cooperative.set(field, undefined);
  if (fields.includes('verifiedOn') && cooperative.registration === 'verified') {
    // Not a move that anybody makes: the verification never held.
    cooperative.registration = 'draft';
    cooperative.registrationHistory.push(stage('draft', { at, reason: 'import_reverted' }));
  }
  cooperative.holdKeys();
  await cooperative.save({ session });
}
