import { Outbox } from '@idxcoop/messaging';
import { type CallerIdentity, Clock, Mongo, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative, type CooperativeDocument, stage } from '../cooperative/cooperative.schema';
import { HardKeys } from '../cooperative/hard-key.schema';
import { dayOf } from '../day';
import { Import, type ImportDocument } from '../imports/import.schema';
import { ImportChange, ImportKey } from '../imports/import-parts.schema';
import { Consent } from '../people/consent.schema';
import { Person } from '../people/person.schema';
import { VerificationFlow } from '../people/verification-flow.schema';
import { notRevertible } from '../problems.templates';
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

  private async takeBack({ id: importId }: ImportDocument, at: Date, session: ClientSession): Promise<void> {
    const changes = await this.changes.find({ importId }).session(session).lean<ImportChange[]>();
    const touched = await this.cooperatives
      .find({ _id: { $in: changes.map((c) => c.cooperativeId) } })
      .session(session);
    const byId = new Map(touched.map((cooperative) => [cooperative.id, cooperative]));
    const gone: string[] = [];
    for (const { cooperativeId, created, fields } of changes) {
      const cooperative = byId.get(cooperativeId);
      if (!cooperative) continue;
      if (created && !livesByItself(cooperative)) gone.push(cooperativeId);
      else await restore(cooperative, created ? ['declaredReadyOn', 'verifiedOn'] : fields, at, session);
    }
    const kept = {
      importId,
      cooperativeId: { $nin: changes.map((c) => c.cooperativeId).filter((id) => !gone.includes(id)) },
    };
    const people = await this.people.find(kept, { _id: 1 }).session(session).lean();
    const personId = { $in: people.map(({ _id }) => _id) };
    await this.hardKeys.release(gone, session);
    await this.hardKeys.follow(
      touched.filter(({ id }) => !gone.includes(id)),
      session,
    );
    await this.cooperatives.deleteMany({ _id: { $in: gone } }, { session });
    await this.flows.deleteMany({ personId }, { session });
    await this.consents.deleteMany({ personId }, { session });
    await this.people.deleteMany({ _id: personId }, { session });
  }
}

/** Somebody confirmed it, claimed it or handed it in since: it is theirs now. */
function livesByItself({ contactVerifiedAt, lastSeenAt }: Cooperative): boolean {
  return !!contactVerifiedAt || !!lastSeenAt;
}

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
