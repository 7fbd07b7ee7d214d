import { Derivation, Mongo, notFound, ServiceClient } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import type { Way, Wording } from '../suppression/consent-entry.schema';
import { ConsentLedger } from '../suppression/consent-ledger';
import { refusalOf } from '../suppression/scopes';
import { Suppressions } from '../suppression/suppressions';
import { type PersonChannel, PersonChannels } from './person-channels';
import type { ChannelPreferencesView, MessagePreferencesDto, MessagePreferencesView, Stop } from './preferences.dto';

const REASON = 'unsubscribed';
const KINDS = ['announcements', 'digests'] as const;

/** How a choice was made: what the person saw stands in the ledger. */
export interface Shown {
  how: Way;
  wording?: Wording;
}

/** What a person chose about their messages, by the token of a link that only they were sent. */
@Injectable()
export class PreferencesHandler {
  constructor(
    private readonly channels: PersonChannels,
    private readonly suppressions: Suppressions,
    private readonly ledger: ConsentLedger,
    private readonly services: ServiceClient,
    private readonly derivation: Derivation,
    private readonly mongo: Mongo,
  ) {}

  async read(token: string): Promise<MessagePreferencesView> {
    return this.view(await this.channels.of(this.subjectOf(token)));
  }

  async execute(
    token: string,
    { channel, ...choice }: MessagePreferencesDto,
    shown: Shown,
  ): Promise<MessagePreferencesView> {
    const all = await this.channels.of(this.subjectOf(token));
    const chosen = all.filter((one) => channel === 'all' || (channel ? one.channel === channel : one.isOwn));
    if (chosen.length === 0) throw notFound();
    for (const one of chosen) await this.choose(one, choice, shown);
    return this.view(await this.channels.of(this.subjectOf(token)));
  }

  /** The mail program's button: no more of what the person did not ask for, at once and whoever is away. */
  async unsubscribe(token: string): Promise<Pick<MessagePreferencesView, 'announcements' | 'digests'>> {
    const own = await this.channels.own(this.subjectOf(token));
    const circumstances = { how: 'one_click' as const, channel: own.channel };
    await this.mongo.transaction(async (session) => {
      for (const kind of KINDS) await this.suppressions.add(own.subjects, kind, REASON, session, circumstances);
    });
    return { announcements: false, digests: false };
  }

  private async choose(one: PersonChannel, choice: Partial<Record<(typeof KINDS)[number], boolean>>, shown: Shown) {
    const isNew = !one.agreed && KINDS.some((kind) => choice[kind] === true);
    if (isNew && one.contactId) await this.consent(one.contactId, shown.wording);
    await this.mongo.transaction(async (session) => {
      for (const kind of KINDS) {
        // Whoever agrees for the first time agrees to what they chose, and to no more.
        const wanted = choice[kind] ?? (isNew ? false : undefined);
        if (wanted !== undefined) await this.set(one, kind, wanted, { ...shown, channel: one.channel }, isNew, session);
      }
    });
  }

  private async set(
    { subjects }: PersonChannel,
    kind: (typeof KINDS)[number],
    wanted: boolean,
    circumstances: Shown & Pick<PersonChannel, 'channel'>,
    isNew: boolean,
    session: ClientSession,
  ): Promise<void> {
    if (!wanted) return void (await this.suppressions.add(subjects, kind, REASON, session, circumstances));
    // A choice of before channels were told apart holds for the bare id of an official.
    const also = subjects.flatMap((subject) => (subject.includes('/') ? subject.split('/').slice(0, 1) : []));
    const lifted = await this.suppressions.lift([...subjects, ...also], kind, REASON, session, circumstances);
    if (!lifted && isNew) await this.ledger.record('given', subjects, kind, 'subscribed', circumstances, session);
  }

  /** Onboarding keeps what people agreed to; without it nobody can agree now. */
  private async consent(contactId: string, wording: Wording | undefined): Promise<void> {
    const { version, hash } = wording ?? { version: 'preferences' };
    const path = `/internal/contacts/${encodeURIComponent(contactId)}/consents`;
    await this.services.post('onboarding', path, { version, ...(hash && { textHash: hash }) });
  }

  private async view(channels: PersonChannel[]): Promise<MessagePreferencesView> {
    const views = await Promise.all(channels.map((one) => this.viewOf(one)));
    const own = views.filter(({ own: isOwn }) => isOwn);
    return {
      announcements: own.some(({ announcements }) => announcements),
      digests: own.some(({ digests }) => digests),
      channels: views.filter(({ channel }) => channel !== undefined) as ChannelPreferencesView[],
    };
  }

  private async viewOf({ channel, address = '', subjects, agreed, isOwn }: PersonChannel) {
    const bare = subjects.flatMap((subject) => subject.split('/').slice(0, 1));
    const found = await this.suppressions.inForce([...subjects, ...bare]);
    const scopes = found.map(({ scope }) => scope);
    const foreign = found.find(({ reason }) => reason !== REASON);
    return {
      channel,
      address,
      announcements: agreed && refusalOf(scopes, 'announcement') === null,
      digests: agreed && refusalOf(scopes, 'digest') === null,
      stopped: foreign ? stopOf(foreign) : null,
      own: isOwn,
    };
  }

  private subjectOf(token: string): string {
    const subject = this.derivation.readToken('preferences', token);
    if (!subject) throw notFound();
    return subject.subjectId;
  }
}

function stopOf({ scope, reason }: { scope: string; reason: string }): Stop {
  if (reason === 'stop_word' || reason === 'complaint') return reason;
  return scope === 'all' ? 'address' : 'provider';
}
