import { decodeCursor, encodeCursor } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { Consent } from '../people/consent.schema';
import { Person } from '../people/person.schema';
import type { ReachablePeopleQuery } from './list-reachable-people.dto';

/**
 * People who speak for a cooperative, have verified a contact and agreed to announcements there: ids only. A page may hold
 * fewer than `limit`, since it is cut before it is sifted; `nextCursor` alone says whether there are more.
 */
@Injectable()
export class ListReachablePeopleHandler {
  constructor(
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Consent.name) private readonly consents: Model<Consent>,
  ) {}

  async execute({ limit, cursor, ...wanted }: ReachablePeopleQuery) {
    const after = decodeCursor<{ id: string }>(cursor)?.id;
    const rows = await this.people
      .find({ claimId: null, ...(after && { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<Person[]>();
    const last = rows.at(-1);
    const nextCursor = rows.length === limit && last ? encodeCursor({ id: last._id }) : null;
    const meant = await this.meant(rows, wanted);
    const agreed = await this.agreed(rows);
    const items = rows
      .filter(({ cooperativeId }) => meant.has(cooperativeId))
      .map(({ _id, cooperativeId, language, contacts }) => ({
        personId: _id,
        cooperativeId,
        language,
        contacts: contacts
          .filter(({ verifiedAt, consented, channel }) => verifiedAt && consented && agreed.get(_id)?.has(channel))
          .map((contact) => ({ contactId: contact._id, channel: contact.channel })),
      }))
      .filter(({ contacts }) => contacts.length > 0);
    return { items, nextCursor };
  }

  private async meant(
    people: Person[],
    { regions, types, registrations }: Pick<ReachablePeopleQuery, 'regions' | 'types' | 'registrations'>,
  ): Promise<Set<string>> {
    const found = await this.cooperatives
      .find({
        _id: { $in: people.map(({ cooperativeId }) => cooperativeId) },
        ...(types && { type: { $in: types } }),
        registration: { $in: registrations ?? ['draft', 'submitted', 'in_review', 'verified'] },
      })
      .lean<Cooperative[]>();
    const within = (code: string) =>
      !regions || regions.some((region) => code === region || code.startsWith(`${region}.`));
    return new Set(found.filter(({ regionCode }) => within(regionCode)).map(({ _id }) => _id));
  }

  /** On which channels each of them agreed to announcements. */
  private async agreed(people: Person[]): Promise<Map<string, Set<string>>> {
    const found = await this.consents
      .find({ personId: { $in: people.map(({ _id }) => _id) }, purposes: 'announcements' })
      .lean<Consent[]>();
    const channels = new Map<string, Set<string>>();
    for (const consent of found)
      channels.set(consent.personId, new Set([...(channels.get(consent.personId) ?? []), ...consent.channels]));
    return channels;
  }
}
