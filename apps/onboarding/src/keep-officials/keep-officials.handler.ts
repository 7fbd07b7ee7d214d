import { Clock, decodeCursor, IdempotencyKeys, Mongo, newId, notFound, page, Regions } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { refuseUnknownRegion } from '../cooperative/region.templates';
import { Official } from '../officials/official.schema';
import { addressesOf } from '../people/contact-details';
import type { NewOfficialDto, OfficialsQuery } from './keep-officials.dto';

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
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  async add(input: NewOfficialDto): Promise<ReturnType<typeof view>> {
    const territory = input.territory === 'ID' ? 'ID' : this.regions.resolve(input.territory);
    if (!territory) refuseUnknownRegion('/territory');
    const official = new this.officials({
      ...input,
      _id: newId(),
      territory,
      contacts: addressesOf(input.contacts),
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

  async show(id: string): Promise<ReturnType<typeof view>> {
    const official = await this.officials.findById(id).lean<Official>();
    if (!official) throw notFound();
    return view(official);
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
