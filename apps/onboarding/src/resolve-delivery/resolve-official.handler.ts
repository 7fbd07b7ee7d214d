import { Clock, notFound, Regions } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { dayOf } from '../day';
import { isAwayOn, Official } from '../officials/official.schema';
import { timeZoneOf } from './time-zone';

/** Who in office is to be written to, and where. */
@Injectable()
export class ResolveOfficialHandler {
  constructor(
    @InjectModel(Official.name) private readonly officials: Model<Official>,
    private readonly regions: Regions,
    private readonly clock: Clock,
  ) {}

  /** Officials of a role who are not on leave, by id: one item for each of their channels. */
  async list(role: string | undefined) {
    const found = await this.officials
      .find(role ? { roles: role as Official['roles'][number] } : {})
      .lean<Official[]>();
    const today = dayOf(this.clock.now());
    const items = found
      .filter((official) => !isAwayOn(official, today))
      .flatMap(({ _id, office, territory, contacts, language }) =>
        contacts.map(({ channel }) => ({ officialId: _id, office, territory, channel, language })),
      );
    return { items };
  }

  async delivery(id: string, channel: string | undefined) {
    const official = await this.officials.findById(id).lean<Official>();
    const contact = official?.contacts.find((entry) => !channel || entry.channel === channel);
    if (!official || !contact) throw notFound();
    const { name, office, language } = official;
    return {
      officialId: id,
      channel: contact.channel,
      address: contact.address,
      language,
      name,
      office,
      timeZone: timeZoneOf(this.regions, official.territory),
      consents: { service: true, announcements: true },
      consented: true,
    };
  }
}
