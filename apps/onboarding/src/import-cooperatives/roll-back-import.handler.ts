import { Outbox } from '@idxcoop/messaging';
import { type CallerIdentity, Clock, Mongo, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative, type CooperativeDocument, stage } from '../cooperative/cooperative.schema';
import { HardKeys } from '../cooperative/hard-key.schema';
import { dayOf } from '../day';
import { FormerCooperatives } from '../imports/former-cooperative.schema';
import { Import, type ImportDocument } from '../imports/import.schema';
import { ImportChange, ImportKey } from '../imports/import-parts.schema';
import { Consent } from '../people/consent.schema';
import { Person } from '../people/person.schema';
import { VerificationFlow } from '../people/verification-flow.schema';
import { notRevertible } from '../problems.templates';
import type { RowFields } from './row';
import { maySee } from './show-import.handler';

/** Takes an import back: what it stated never held. A record that lives on by itself stays, without what the file said. */
@Injectable()
export class RollBackImportHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Import.name) private readonly imports: Model<Import>,
    @InjectModel(ImportChange.name) private readonly changes: Model<ImportChange>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Consent.name) private readonly consents: Model<Consent>,
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    @InjectModel(ImportKey.name) private readonly fileKeys: Model<ImportKey>,
    private readonly hardKeys: HardKeys,
    private readonly former: FormerCooperatives,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  execute(id: string, caller: CallerIdentity): Promise<Import> {
    return this.mongo.transaction(async (session) => {
      const at = this.clock.now();
      const found = await this.imports.findById(id).session(session);
      if (!found || !maySee(caller, found)) throw notFound();
      if (found.state === 'rolled_back') return found;
      if (found.state !== 'completed' || found.dryRun)
        throw notRevertible({ state: found.state, dryRun: found.dryRun });
      await this.takeBack(found, at, session);
      found.set({ state: 'rolled_back', revertedAt: at });
      await this.fileKeys.deleteOne({ importId: id }, { session });
      await this.outbox.add(found, found.reverted(dayOf(at), at), session);
      await found.save({ session });
      return found;
    });
  }

  private async takeBack({ id: importId, territory }: ImportDocument, at: Date, session: ClientSession): Promise<void> {
    const changes = await this.changes.find({ importId }).session(session).lean<ImportChange[]>();
    const cooperativeId = { $in: changes.map((change) => change.cooperativeId) };
    const touched = await this.cooperatives.find({ _id: cooperativeId }).session(session);
    const others = await this.othersOn(cooperativeId, importId, session);
    const stays = (cooperative: Cooperative) =>
      livesByItself(cooperative) || (others.get(cooperative._id) ?? []).some(({ state }) => state !== 'rolled_back');
    const gone = touched.filter((cooperative) => !stays(cooperative));
    const kept = touched.filter(stays);
    const byId = new Map(kept.map((cooperative) => [cooperative.id, cooperative]));
    for (const { cooperativeId: id, created, fields } of changes) {
      const cooperative = byId.get(id);
      // What it is called and where it is stays, even where this import said so first: somebody goes on with it.
      if (cooperative) await restore(cooperative, created ? fields.filter(isDate) : fields, at, session);
    }
    await this.forgetPeople(importId, kept, session);
    const goneIds = gone.map(({ id }) => id);
    await this.former.keep(
      gone.map((cooperative) => ({
        cooperative,
        territories: [territory, ...(others.get(cooperative.id) ?? []).map((other) => other.territory)],
      })),
      session,
    );
    await this.hardKeys.release(goneIds, session);
    await this.hardKeys.follow(kept, session);
    await this.cooperatives.deleteMany({ _id: { $in: goneIds } }, { session });
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
  private async forgetPeople(importId: string, kept: readonly Cooperative[], session: ClientSession): Promise<void> {
    const theirs = { importId, cooperativeId: { $nin: kept.map(({ _id }) => _id) } };
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
