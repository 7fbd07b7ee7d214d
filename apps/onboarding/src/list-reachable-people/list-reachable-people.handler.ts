import { CHANNELS } from '@idxcoop/contracts';
import { decodeCursor, encodeCursor } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { agreedOn, Consents } from '../people/consents';
import { IN_USE, Person } from '../people/person.schema';
import type { ReachablePeopleQuery } from './list-reachable-people.dto';

/**
 * People who speak for a cooperative, have verified a contact and agreed to announcements there: ids, and the keyed hash under which an address is suppressed. A page may hold
 * fewer than `limit`, since it is cut before it is sifted; `nextCursor` alone says whether there are more.
 */
@Injectable()
export class ListReachablePeopleHandler {
  constructor(
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly consents: Consents,
  ) {}

  async execute({ limit, cursor, ...wanted }: ReachablePeopleQuery) {
    const after = decodeCursor<{ id: string }>(cursor)?.id;
    const rows = await this.people
      .find({ ...IN_USE, claimId: null, ...(after && { _id: { $gt: after } }) })
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
          .map(({ _id: contactId, channel, addressHash }) => ({ contactId, channel, addressHash })),
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
    const entries = await this.consents.ofAll(people.map(({ _id }) => _id));
    const channels = new Map<string, Set<string>>();
    for (const { _id } of people) {
      const own = entries.filter(({ personId }) => personId === _id);
      channels.set(_id, new Set(CHANNELS.filter((channel) => agreedOn(own, channel).announcements)));
    }
    return channels;
  }
}
