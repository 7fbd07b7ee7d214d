import { CooperativeImportedV1, event } from '@idxcoop/contracts';
import { type Aggregate, Outbox } from '@idxcoop/messaging';
import { newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative, type CooperativeDocument, stage } from '../cooperative/cooperative.schema';
import { HardKeys } from '../cooperative/hard-key.schema';
import { dayOf } from '../day';
import { FormerCooperatives } from '../imports/former-cooperative.schema';
import type { Import } from '../imports/import.schema';
import { ImportChange } from '../imports/import-parts.schema';
import { ContactBook } from '../people/contact-book';
import { addressesOf } from '../people/contact-details';
import type { Intake } from '../people/intake';
import type { Outcome } from './plan';
import type { ReadRow, RowFields } from './row';

interface Batch {
  created: CooperativeDocument[];
  updated: CooperativeDocument[];
  people: Intake[];
  changes: ImportChange[];
  facts: { aggregate: Aggregate; event: object }[];
}

/** Writes what a chunk of rows does, with a handful of writes however many rows there are. */
@Injectable()
export class ImportWriter {
  constructor(
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(ImportChange.name) private readonly changes: Model<ImportChange>,
    private readonly hardKeys: HardKeys,
    private readonly former: FormerCooperatives,
    private readonly book: ContactBook,
    private readonly outbox: Outbox,
  ) {}

  async write(current: Import, outcomes: readonly Outcome[], session: ClientSession): Promise<void> {
    const batch: Batch = { created: [], updated: [], people: [], changes: [], facts: [] };
    const rows = outcomes.flatMap((outcome) => (outcome.kind === 'created' ? [outcome.read] : []));
    const former = await this.former.takeUp(rows, current.territory, session);
    for (const outcome of outcomes) {
      if (outcome.kind === 'created') this.create(current, outcome.read, former.get(outcome.read), batch);
      if (outcome.kind === 'updated') this.update(current, outcome, batch);
    }
    await this.outbox.addMany(batch.facts, session);
    await this.book.insert(batch.people, session);
    await this.hardKeys.take(batch.created, session);
    await this.hardKeys.follow(batch.updated, session);
    if (batch.created.length > 0) await this.cooperatives.insertMany(batch.created, { session });
    for (const cooperative of batch.updated) await cooperative.save({ session });
    if (batch.changes.length > 0) await this.changes.insertMany(batch.changes, { session });
  }

  /** A row that an import rolled back since had created is the same cooperative again, and its facts go on. */
  private create(
    current: Import,
    read: ReadRow,
    former: { _id: string; sequence: number } = { _id: newId(), sequence: 0 },
    batch: Batch,
  ): void {
    const { createdAt: at, _id: importId } = current;
    const { fields, keys, knownAt, historical } = read;
    const registration = fields.verifiedOn ? 'verified' : 'draft';
    const effectiveOn = fields.verifiedOn ?? earliest(fields) ?? dayOf(at);
    const cooperative = new this.cooperatives({
      ...fields,
      _id: former._id,
      sequence: former.sequence,
      origin: 'import',
      importId,
      importKey: keys.importKey,
      historical,
      registration,
      registrationHistory: [stage(registration, { at, effectiveOn, knownAt })],
      entityHistory: [stage('active', { at, effectiveOn, knownAt })],
      createdAt: at,
    });
    cooperative.holdKeys();
    batch.created.push(cooperative);
    this.note(current, cooperative, read, fields, true, batch);
    if (read.contact) this.addPerson(current, cooperative, read, batch);
  }

  private update(current: Import, outcome: Extract<Outcome, { kind: 'updated' }>, batch: Batch): void {
    const { read, adds, addsContact } = outcome;
    const cooperative = outcome.cooperative as CooperativeDocument;
    Object.assign(cooperative, adds);
    if (adds.verifiedOn) {
      cooperative.moveTo('verified', { at: current.createdAt, effectiveOn: adds.verifiedOn, knownAt: read.knownAt });
    }
    cooperative.holdKeys();
    batch.updated.push(cooperative);
    this.note(current, cooperative, read, adds, false, batch);
    if (!addsContact) return;
    cooperative.matchAgain();
    this.addPerson(current, cooperative, read, batch);
  }

  /** The fact, with the dates that this row brought, and what a revert has to take back. */
  private note(
    { _id: importId, createdAt }: Import,
    cooperative: CooperativeDocument,
    read: ReadRow,
    brought: Partial<RowFields>,
    created: boolean,
    batch: Batch,
  ): void {
    const { declaredReadyOn, verifiedOn } = brought;
    const fact = event(CooperativeImportedV1, {
      ...cooperative.fact(createdAt, earliest(brought) ?? dayOf(createdAt), read.knownAt),
      importId,
      registration: cooperative.registration === 'verified' ? 'verified' : 'draft',
      created,
      ...(declaredReadyOn && { declaredReadyOn }),
      ...(verifiedOn && { verifiedOn }),
      historical: read.historical,
    });
    batch.facts.push({ aggregate: cooperative, event: fact });
    const fields = Object.keys(brought) as (keyof RowFields)[];
    batch.changes.push({ _id: newId(), importId, cooperativeId: cooperative.id, created, fields });
  }

  /** Who stands in the row is asked to confirm: over what was consented to, else by e-mail only; never about history. */
  private addPerson(current: Import, cooperative: CooperativeDocument, read: ReadRow, batch: Batch): void {
    const { contact, consent, historical } = read;
    if (!contact) return;
    const addresses = addressesOf(contact);
    const channels = addresses.map(({ channel }) => channel);
    const quiet = historical || cooperative.historical;
    const taken = this.book.draft(
      {
        cooperativeId: cooperative.id,
        importId: current._id,
        name: contact.name,
        ...(contact.position && { position: contact.position }),
        addresses,
        ...(consent && { consent: { ...consent, purposes: ['service'], channels } }),
        askOver: quiet ? [] : consent ? channels : ['email'],
      },
      current.createdAt,
    );
    batch.people.push(taken);
    batch.facts.push(...taken.requests.map((request) => ({ aggregate: cooperative, event: request })));
  }
}

function earliest({ declaredReadyOn, verifiedOn }: Partial<RowFields>): string | undefined {
  return [declaredReadyOn, verifiedOn].filter((day) => day !== undefined).sort()[0];
}
