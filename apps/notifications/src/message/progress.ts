import type { Message, MessageState } from './message.schema';

/** What a provider says of a message. */
export interface StatusReport {
  status: 'sent' | 'delivered' | 'read' | 'failed';
  at: Date;
  code?: string;
  /** Of which sending. */
  providerIdHash?: string;
}

/** The part of a message that reports change. */
export interface Progress {
  state: MessageState;
  sentAt?: Date;
  deliveredAt?: Date;
  readAt?: Date;
  failedAt?: Date;
  failureCode?: string;
}

export type Fact = 'sent' | 'delivered' | 'failed';

/** Ends that are nobody's failure have a state of their own. */
const ENDED_BY_US: Readonly<Record<string, MessageState>> = {
  expired: 'expired',
  campaign_cancelled: 'suppressed',
  already_told: 'suppressed',
  no_consent: 'suppressed',
  opted_out: 'suppressed',
  address_suppressed: 'suppressed',
  no_longer_needed: 'suppressed',
  nothing_left: 'suppressed',
};

const earlier = (a: Date | undefined, b: Date): Date => (a && a <= b ? a : b);

/**
 * What is true after a report. Reports come late, doubled and in any order, so each only adds what it says, and the state
 * follows from what is known: read beats delivered beats failed beats sent. Delivered beats failed because a message that
 * reached a person did reach them, whatever another of their devices says.
 */
export function settle(before: Progress, report: StatusReport): Progress {
  const after: Progress = { ...before };
  switch (report.status) {
    case 'sent':
      after.sentAt = earlier(before.sentAt, report.at);
      break;
    case 'delivered':
      after.deliveredAt = earlier(before.deliveredAt, report.at);
      break;
    case 'read':
      after.readAt = earlier(before.readAt, report.at);
      break;
    case 'failed':
      Object.assign(after, earlierFailure(before, report));
      break;
  }
  after.state = stateOf(after);
  return after;
}

/** Of two failures the earlier one stands; of two at once the one whose code comes first, so that order does not matter. */
function earlierFailure(before: Progress, { at, code = 'failed' }: StatusReport): Partial<Progress> {
  const { failedAt, failureCode = '' } = before;
  const stands = failedAt && (failedAt < at || (failedAt.getTime() === at.getTime() && failureCode <= code));
  return stands ? {} : { failedAt: at, failureCode: code };
}

function stateOf(progress: Progress): MessageState {
  if (progress.readAt) return 'read';
  if (progress.deliveredAt) return 'delivered';
  if (progress.failedAt) return ENDED_BY_US[progress.failureCode ?? ''] ?? 'failed';
  return progress.sentAt ? 'sent' : progress.state;
}

/** Whether this speaks of a sending after which there was another: that it arrived counts all the same, its failure is over. */
export function isOfEarlier(
  { abandoned = [] }: Pick<Message, 'abandoned'>,
  { status, providerIdHash }: StatusReport,
): boolean {
  const isOver = providerIdHash !== undefined && abandoned.includes(providerIdHash);
  return isOver && (status === 'sent' || status === 'failed');
}

/** What became true by a change and has to be told, in the order of a message's life. */
export function factsOf(before: Progress, after: Progress): Fact[] {
  const wasTaken = before.sentAt ?? before.deliveredAt ?? before.readAt;
  const isTaken = after.sentAt ?? after.deliveredAt ?? after.readAt;
  const wasThere = before.deliveredAt ?? before.readAt;
  const isThere = after.deliveredAt ?? after.readAt;
  const facts: Fact[] = [];
  if (!wasTaken && isTaken) facts.push('sent');
  if (!wasThere && isThere) facts.push('delivered');
  if (!before.failedAt && after.failedAt && !isThere) facts.push('failed');
  return facts;
}
