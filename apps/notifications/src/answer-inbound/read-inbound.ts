import { type Change, instant, type Json, list, object, text } from '../receive-webhook/json';

/** A message of a person, as far as it concerns us: their number, what they wrote, and no name. */
export interface ReceivedMessage {
  providerId: string;
  phone: string;
  text?: string;
  sentAt: Date;
}

/** Longer texts hold no word that is meant for a machine beyond this. */
const LONGEST = 1_000;

/**
 * What is answered, and where its words stand. Who sends a picture, a voice or a place believes that somebody looks at it and
 * learns that nobody does. A reaction, a sticker, a change of number or what Meta cannot show asks nothing: an answer to it
 * would be a nuisance, so it is not even kept.
 */
const WORDS: Readonly<Record<string, (message: Json) => unknown>> = {
  text: (message) => object(message.text).body,
  button: (message) => object(message.button).text,
  interactive: (message) => {
    const { button_reply: button, list_reply: choice } = object(message.interactive);
    return object(button ?? choice).title;
  },
  image: (message) => object(message.image).caption,
  video: (message) => object(message.video).caption,
  document: (message) => object(message.document).caption,
  audio: () => undefined,
  location: () => undefined,
  contacts: () => undefined,
  order: () => undefined,
};

/** The messages of people in a webhook call. */
export function readInbound(changes: Change[]): ReceivedMessage[] {
  return changes
    .filter(({ field }) => field === 'messages')
    .flatMap(({ value }) => list(value.messages))
    .flatMap((message) => readMessage(message) ?? []);
}

function readMessage(message: Json): ReceivedMessage | undefined {
  const type = text(message.type);
  const wordsOf = type && Object.hasOwn(WORDS, type) ? WORDS[type] : undefined;
  const providerId = text(message.id);
  const sentAt = instant(message.timestamp);
  const digits = text(message.from);
  // What is said in a group is not said to us.
  if (!wordsOf || !providerId || !sentAt || !digits || !/^\d{7,15}$/.test(digits) || message.group_id) return undefined;
  const written = text(wordsOf(message))?.slice(0, LONGEST);
  return { providerId, phone: `+${digits}`, sentAt, ...(written && { text: written }) };
}
