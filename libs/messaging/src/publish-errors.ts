/** A publish that was not confirmed. `isKnown` says whether the broker surely does not have the event. */
export abstract class PublishError extends Error {
  abstract readonly code: string;
  abstract readonly isKnown: boolean;

  constructor(
    message: string,
    readonly eventId: string,
    readonly eventType: string,
  ) {
    super(`${eventType} ${eventId} ${message}`);
    this.name = new.target.name;
  }
}

/** Confirmed, but returned: no queue was bound to it, so nobody has it. */
export class PublishUnroutable extends PublishError {
  readonly code = 'publish_unroutable';
  readonly isKnown = true;
}

/** The broker said that it could not take responsibility. */
export class PublishNacked extends PublishError {
  readonly code = 'publish_nacked';
  readonly isKnown = false;
}

/** Neither confirmed nor refused within the deadline. */
export class PublishTimedOut extends PublishError {
  readonly code = 'publish_timed_out';
  readonly isKnown = false;
}

/** The broker has blocked publishers (memory or disk alarm) until the deadline. */
export class PublishBlocked extends PublishError {
  readonly code = 'publish_blocked';
  readonly isKnown = false;
}

/** The channel or its connection went away, or was not there. */
export class PublishChannelLost extends PublishError {
  readonly code = 'publish_channel_lost';
  readonly isKnown = false;
}
