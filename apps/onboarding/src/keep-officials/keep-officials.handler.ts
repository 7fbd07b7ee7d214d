import {
  type CallerIdentity,
  Clock,
  decodeCursor,
  Derivation,
  IdempotencyKeys,
  Mongo,
  newId,
  notFound,
  page,
  Regions,
  requireMatch,
} from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { refuseUnknownRegion } from '../cooperative/region.templates';
import { Official } from '../officials/official.schema';
import { addressesOf } from '../people/contact-details';
import { Sessions } from '../sessions/sessions';
import type { ChangedOfficialDto, NewOfficialDto, OfficialContactsDto, OfficialsQuery } from './keep-officials.dto';

/** What somebody may do follows from these: a change of one ends what was begun under the old. */
const STANDING = ['office', 'roles', 'territory', 'contacts'] as const;

function view({ _id, name, office, roles, territory, contacts, language, leave }: Official) {
  const addresses = contacts.map(({ channel, address }) => [channel === 'email' ? 'email' : 'phone', address]);
  return {
    id: _id,
    name,
    office,
    roles: [...roles],
    territory,
    contacts: Object.fromEntries(addresses) as { email?: string; phone?: string },
    language,
    leave: leave.map(({ from, to }) => ({ from, to })),
  };
}

@Injectable()
export class KeepOfficialsHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Official.name) private readonly officials: Model<Official>,
    private readonly regions: Regions,
    private readonly sessions: Sessions,
    private readonly audit: AuditTrail,
    private readonly derivation: Derivation,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  async add(input: NewOfficialDto): Promise<ReturnType<typeof view>> {
    const official = new this.officials({
      ...input,
      _id: newId(),
      territory: this.territoryOf(input.territory),
      contacts: this.contactsOf(input.contacts),
      leave: input.leave ?? [],
      createdAt: this.clock.now(),
    });
    return this.mongo.transaction(async (session) => {
      await official.save({ session });
      const answer = view(official);
      await this.idempotency.record(answer, session);
      return answer;
    });
  }

  async show(id: string) {
    const official = await this.officials.findById(id).lean<Official>();
    if (!official) throw notFound();
    return { ...view(official), revision: revisionOf(official) };
  }

  async change(id: string, ifMatch: string | undefined, input: ChangedOfficialDto, caller: CallerIdentity) {
    const { territory, contacts, ...plain } = input;
    const given = Object.entries(plain).filter(([, value]) => value !== undefined && value !== null);
    const changes = {
      ...(Object.fromEntries(given) as typeof plain),
      ...(territory && { territory: this.territoryOf(territory) }),
      ...(contacts && { contacts: this.contactsOf(contacts) }),
    };
    return this.mongo.transaction(async (session) => {
      const official = await this.officials.findById(id).session(session);
      if (!official) throw notFound();
      requireMatch(ifMatch, revisionOf(official));
      const before = view(official);
      official.set({ ...changes, revision: revisionOf(official) + 1 });
      await official.save({ session });
      const after = view(official);
      const changed = STANDING.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
      if (changed.length > 0) await this.sessions.end({ subjectId: id }, 'office_changed', session);
      const about = { action: 'official.changed', subject: { kind: 'official', id }, by: caller.subject };
      await this.audit.add({ ...about, fields: Object.keys(changes) }, session);
      return { ...after, revision: official.revision };
    });
  }

  /** Ends the sessions of somebody in office. */
  signOut(id: string, caller: CallerIdentity): Promise<{ revoked: number }> {
    return this.mongo.transaction(async (session) => {
      if (!(await this.officials.exists({ _id: id }).session(session))) throw notFound();
      const revoked = await this.sessions.end({ subjectId: id }, 'revoked', session);
      const about = { action: 'official.signed_out', subject: { kind: 'official', id }, by: caller.subject };
      await this.audit.add(about, session);
      return { revoked };
    });
  }

  private territoryOf(code: string): string {
    return code === 'ID' ? 'ID' : (this.regions.resolve(code) ?? refuseUnknownRegion('/territory'));
  }

  private contactsOf(contacts: OfficialContactsDto): Official['contacts'] {
    return addressesOf(contacts).map((contact) => ({
      ...contact,
      addressHash: this.derivation.hash('address', contact.address),
    }));
  }

  async list({ limit, cursor, role }: OfficialsQuery) {
    const after = decodeCursor<{ id: string }>(cursor);
    const filter = { ...(role && { roles: role }), ...(after && { _id: { $gt: after.id } }) };
    const rows = await this.officials
      .find(filter)
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<Official[]>();
    return page(rows, limit, (last) => ({ id: last._id }), view);
  }
}

/** Those of before changes were counted have none. */
function revisionOf({ revision }: Pick<Official, 'revision'>): number {
  return revision ?? 1;
}
