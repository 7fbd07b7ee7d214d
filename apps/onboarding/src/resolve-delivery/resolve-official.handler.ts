import { Clock, notFound, Regions } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { dayOf } from '../day';
import { isAwayOn, Official } from '../officials/official.schema';
import { SignInFlows } from '../sessions/sign-in-flows';
import type { OfficeLevel, OfficialDeliveryQuery, OfficialsQuestion } from './resolve-delivery.dto';
import { timeZoneOf } from './time-zone';

const DEPTH: Readonly<Record<OfficeLevel, number>> = { province: 1, regency: 2 };

/** How deep a territory lies: the country 0, `12` 1, `12.71` 2. */
function depthOf(territory: string): number {
  return territory === 'ID' ? 0 : territory.split('.').length;
}

function covers(territory: string, regionCode: string): boolean {
  return territory === 'ID' || regionCode === territory || regionCode.startsWith(`${territory}.`);
}

/** Who in office is to be written to, and where. */
@Injectable()
export class ResolveOfficialHandler {
  constructor(
    @InjectModel(Official.name) private readonly officials: Model<Official>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly signIns: SignInFlows,
    private readonly regions: Regions,
    private readonly clock: Clock,
  ) {}

  /** Officials by id, with one item for each of their channels. Who is on leave is left out, unless asked for in person. */
  async list({ id, role, territory, level }: OfficialsQuestion) {
    const found = await this.officials
      .find({ ...(id && { _id: id }), ...(role && { roles: role }) })
      .lean<Official[]>();
    const today = dayOf(this.clock.now());
    const present = found.filter((official) => id || !isAwayOn(official, today));
    const items = (territory ? this.responsibleFor(territory, present, level) : present).flatMap(
      ({ _id, office, territory, contacts, language }) =>
        contacts.map(({ channel }) => ({ officialId: _id, office, territory, channel, language })),
    );
    return { items };
  }

  /** Whose territory a region lies in: those of a level, else of the nearest office. */
  private responsibleFor(regionCode: string, officials: Official[], level?: OfficeLevel): Official[] {
    const region = this.regions.resolve(regionCode) ?? regionCode;
    const covering = officials.filter(({ territory }) => covers(territory, region));
    const wanted = level ? DEPTH[level] : Math.max(...covering.map(({ territory }) => depthOf(territory)));
    return covering.filter(({ territory }) => depthOf(territory) === wanted);
  }

  /** Where to write to an official on a channel; with a cooperative also what it is called, since the message is about it. */
  async delivery(id: string, { channel, cooperativeId, flowId, sendNumber }: OfficialDeliveryQuery) {
    const official = await this.officials.findById(id).lean<Official>();
    const contact = official?.contacts.find((entry) => !channel || entry.channel === channel);
    if (!official || !contact) throw notFound();
    const { name, office, language } = official;
    const secret = flowId && (await this.signIns.secretOf(flowId, contact.addressHash, sendNumber));
    if (flowId && !secret) throw notFound();
    const cooperative = cooperativeId && (await this.cooperatives.findById(cooperativeId).lean<Cooperative>());
    return {
      officialId: id,
      channel: contact.channel,
      address: contact.address,
      language,
      name,
      office,
      ...secret,
      ...(cooperative && { cooperativeName: cooperative.name }),
      timeZone: timeZoneOf(this.regions, official.territory),
      consents: { service: true, announcements: true },
      consented: true,
    };
  }
}
