import { Derivation } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import type { AuditEntry, AuditHead, AuditLink } from './audit.schema';

/** What the first link follows. */
export const BEGINNING = '0'.repeat(64);

/** The seals of the trail, under the server's key: whoever can write into the database alone cannot make them. */
@Injectable()
export class Seals {
  constructor(private readonly derivation: Derivation) {}

  entry(entry: Omit<AuditEntry, 'seal'>): string {
    const { _id, at, action, subjectKind, subjectId, personId, fields, by, reason, traceId } = entry;
    const named = fields.map(({ name, digest }) => [name, digest ?? null]);
    const said = [_id, at.toISOString(), action, subjectKind, subjectId, personId, named, by, reason, traceId];
    return this.derivation.hash('audit-entry', JSON.stringify(said));
  }

  /** The hash of a link: it holds the entry's seal, its place, and everything before. */
  link(
    { position, entryId, previous }: Pick<AuditLink, 'position' | 'entryId' | 'previous'>,
    entrySeal: string,
  ): string {
    return this.derivation.hash('audit-link', JSON.stringify([position, entryId, previous, entrySeal]));
  }

  head({ position, hash }: Pick<AuditHead, 'position' | 'hash'>): string {
    return this.derivation.hash('audit-head', JSON.stringify([position, hash]));
  }
}
