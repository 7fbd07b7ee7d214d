/** A consumer's failure that no further attempt would change: dead at once, with this reason. */
export class PermanentError extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'PermanentError';
  }
}
