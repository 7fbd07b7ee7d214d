import type { Channel } from '@idxcoop/contracts';
import type { Alternative, Language, RecipientKind } from '../message/message.schema';
import type { Workflow } from '../workflow/workflow';

/** An address as onboarding tells of it: not the address itself, and no name. */
export interface Reachable {
  recipientKind: RecipientKind;
  /** Of the contact or the official. */
  recipientId: string;
  /** Whose it is: several addresses of one person say the same. */
  personId: string;
  channel: Channel;
  language: Language;
  /** What the person agreed to on this channel. */
  consents: { service: boolean; announcements: boolean };
}

export interface Recipient {
  recipientKind: RecipientKind;
  recipientId: string;
  channel: Channel;
  language: Language;
  alternatives?: Alternative[];
}

/**
 * Each person once: on the first channel of the workflow on which they may be written to, with the others as alternatives. Who may
 * be written to nowhere stays, on their first channel, so that the log says why they got nothing.
 */
export function oncePerPerson(addresses: readonly Reachable[], workflow: Workflow): Recipient[] {
  return [...new Set(addresses.map(({ personId }) => personId))].flatMap((person) => {
    const all = addresses.filter(({ personId }) => personId === person);
    const inOrder = workflow.channels.flatMap((channel) => all.filter((address) => address.channel === channel));
    const open = inOrder.filter((address) => mayWriteTo(address, workflow));
    const [first, ...others] = open.length > 0 ? open : inOrder.slice(0, 1);
    if (!first) return [];
    const { recipientKind, recipientId, channel, language } = first;
    const alternatives = workflow.fallback === 'none' ? [] : others.map(alternative);
    return [{ recipientKind, recipientId, channel, language, ...(alternatives.length > 0 && { alternatives }) }];
  });
}

/** Announcements need consent to announcements; else WhatsApp needs consent, and e-mail is the way a person gave. */
function mayWriteTo({ consents, channel }: Reachable, { category }: Workflow): boolean {
  return category === 'announcement' ? consents.announcements : channel === 'email' || consents.service;
}

function alternative({ recipientId, channel }: Reachable): Alternative {
  return { recipientId, channel };
}
