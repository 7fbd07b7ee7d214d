import { Clock, Mongo, newId, traceparent } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { AuditEntry, type AuditField, UnchainedEntry } from './audit.schema';
import { AuditKeys } from './audit-keys';
import { Seals } from './seals';

/** What is to be remembered. */
export interface Audited {
  /** `<noun>.<past verb>`, such as `evidence.read`. */
  action: string;
  subject: { kind: string; id: string };
  /** The person whom it concerns, where there is one. */
  personId?: string;
  /** Names of fields; with values where they are to be recognised again: kept are digests, and only where `personId` is given. */
  fields?: readonly string[] | Readonly<Record<string, unknown>>;
  /** The subject of the caller's token; `person` for the person, `system` for a job. */
  by: string;
  /** A code. A text that somebody wrote is not kept. */
  reason?: string;
}

const CODE = /^[A-Za-z0-9_.-]{1,80}$/;

/** Remembers what was done with and about people, in the transaction of the doing. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(AuditEntry.name) private readonly entries: Model<AuditEntry>,
    @InjectModel(UnchainedEntry.name) private readonly unchained: Model<UnchainedEntry>,
    private readonly keys: AuditKeys,
    private readonly seals: Seals,
    private readonly clock: Clock,
  ) {}

  /** Adds an entry in the caller's transaction; without one (a mere read) in one of its own. */
  add(audited: Audited, session?: ClientSession): Promise<void> {
    return this.addAll([audited], session);
  }

  async addAll(audited: readonly Audited[], session?: ClientSession): Promise<void> {
    if (audited.length === 0) return;
    if (!session) return this.mongo.transaction((own) => this.addAll(audited, own));
    const entries: AuditEntry[] = [];
    for (const one of audited) entries.push(await this.entryOf(one));
    await this.entries.insertMany(entries, { session });
    // The chain takes them up afterwards: no transaction waits for the head of it.
    await this.unchained.insertMany(
      // The machine's time, like that of the link: how long it waits is measured.
      entries.map(({ _id }) => ({ _id, at: new Date() })),
      { session },
    );
  }

  private async entryOf({ action, subject, personId, fields, by, reason }: Audited): Promise<AuditEntry> {
    const traceId = traceparent()?.split('-')[1];
    const entry = {
      _id: newId(),
      at: this.clock.now(),
      action,
      subjectKind: subject.kind,
      subjectId: subject.id,
      ...(personId && { personId }),
      fields: await this.fieldsOf(fields, personId),
      by,
      ...(reason && { reason: CODE.test(reason) ? reason : 'free_text' }),
      ...(traceId && { traceId }),
    };
    return { ...entry, seal: this.seals.entry(entry) };
  }

  private async fieldsOf(fields: Audited['fields'], personId: string | undefined): Promise<AuditField[]> {
    if (!fields) return [];
    if (isNames(fields)) return fields.map((name) => ({ name }));
    const digest = personId ? await this.keys.digester(personId) : undefined;
    return Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ({ name, ...(digest && { digest: digest(name, value) }) }));
  }
}

function isNames(fields: readonly string[] | Readonly<Record<string, unknown>>): fields is readonly string[] {
  return Array.isArray(fields);
}
