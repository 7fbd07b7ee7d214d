import type { EventContract } from '@idxcoop/contracts';

/** A CloudEvent 1.0 in structured JSON, as it travels. */
export interface Envelope {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  time: string;
  datacontenttype: 'application/json';
  traceparent?: string;
  /** The id of the aggregate that the event is about. */
  partitionkey: string;
  /** The aggregate's counter, zero-padded so that it also sorts as text. */
  sequence: string;
  data: object;
}

const SEQUENCE_DIGITS = 12;

export function makeEnvelope(about: {
  id: string;
  contract: EventContract;
  data: object;
  service: string;
  time: Date;
  partitionKey: string;
  sequence: number;
  traceparent?: string;
}): Envelope {
  return {
    specversion: '1.0',
    id: about.id,
    source: `/idxcoop/${about.service}`,
    type: about.contract.event,
    time: about.time.toISOString(),
    datacontenttype: 'application/json',
    ...(about.traceparent && { traceparent: about.traceparent }),
    partitionkey: about.partitionKey,
    sequence: String(about.sequence).padStart(SEQUENCE_DIGITS, '0'),
    data: about.data,
  };
}

/** What came is not an event: malformed JSON, or without what every event has. */
export class MalformedEnvelope extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'MalformedEnvelope';
  }
}

/** Reads an envelope; the data are checked by their contract afterwards. */
export function readEnvelope(text: string): Envelope {
  let parsed: Partial<Envelope>;
  try {
    parsed = JSON.parse(text) as Partial<Envelope>;
  } catch {
    throw new MalformedEnvelope('is not JSON');
  }
  if (typeof parsed !== 'object' || parsed === null) throw new MalformedEnvelope('is not an object');
  for (const field of ['id', 'type', 'partitionkey', 'sequence', 'time'] as const) {
    if (typeof parsed[field] !== 'string' || parsed[field] === '') throw new MalformedEnvelope(`has no ${field}`);
  }
  if (parsed.specversion !== '1.0') throw new MalformedEnvelope('is not a CloudEvent 1.0');
  if (!/^\d{1,15}$/.test(parsed.sequence as string)) throw new MalformedEnvelope('has a sequence that is no number');
  if (typeof parsed.data !== 'object' || parsed.data === null) throw new MalformedEnvelope('has no data');
  return parsed as Envelope;
}
