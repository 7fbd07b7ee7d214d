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
type Kind = (typeof KINDS)[number];
type Choice = Partial<Record<Kind, boolean>>;

/** How a choice was made: what the person saw stands in the ledger. */
export interface Shown {
  how: Way;
  wording?: Wording;
}

/** What is to hold on a channel afterwards. */
interface Change {
  one: PersonChannel;
  wanted: Choice;
  /** Nothing was agreed to there before. */
  isNew: boolean;
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
    await this.choose(
      chosen.map((one) => changeOf(one, choice)),
      shown,
    );
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

  /**
   * A change may die between onboarding and us, so that at no point more holds than the person chose: first what is refused, then
   * the consent, and last what is wanted.
   */
  private async choose(changes: Change[], shown: Shown): Promise<void> {
    await this.mongo.transaction(async (session) => {
      for (const { one, wanted } of changes)
        for (const kind of KINDS) if (wanted[kind] === false) await this.refuse(one, kind, shown, session);
    });
    for (const { one, isNew } of changes) if (isNew && one.contactId) await this.consent(one.contactId, shown.wording);
    await this.mongo.transaction(async (session) => {
      for (const { one, wanted, isNew } of changes)
        for (const kind of KINDS) if (wanted[kind] === true) await this.want(one, kind, isNew, shown, session);
    });
  }

  private async refuse({ subjects, channel }: PersonChannel, kind: Kind, shown: Shown, session: ClientSession) {
    await this.suppressions.add(subjects, kind, REASON, session, { ...shown, channel });
  }

  private async want(
    { subjects, channel }: PersonChannel,
    kind: Kind,
    isNew: boolean,
    shown: Shown,
    session: ClientSession,
  ): Promise<void> {
    // A choice of before channels were told apart holds for the bare id of an official.
    const also = subjects.flatMap((subject) => (subject.includes('/') ? subject.split('/').slice(0, 1) : []));
    const circumstances = { ...shown, channel };
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

/** Whoever agrees for the first time agrees to what they chose, and to no more. */
function changeOf(one: PersonChannel, choice: Choice): Change {
  const isNew = !one.agreed && KINDS.some((kind) => choice[kind] === true);
  const rest = isNew ? { announcements: false, digests: false } : {};
  const chosen = Object.fromEntries(Object.entries(choice).filter(([, wanted]) => wanted !== undefined));
  return { one, wanted: { ...rest, ...chosen }, isNew };
}

function stopOf({ scope, reason }: { scope: string; reason: string }): Stop {
  if (reason === 'stop_word' || reason === 'complaint') return reason;
  return scope === 'all' ? 'address' : 'provider';
}
