import { isAway, type Log } from '@idxcoop/platform';

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 1_000;
/** So often an error may look like an absent store although the store answers; then it is the work's own. */
const DOUBTS = 3;

/** The service is stopping: this delivery goes back to the queue. */
export class Abandoned extends Error {
  constructor() {
    super('The service is stopping');
    this.name = 'Abandoned';
  }
}

/** Holds work back while MongoDB is away and does it again in place, so that no attempt is burnt by it. */
export class StoreGate {
  private away: Promise<void> | undefined;
  isStopping = false;
  private endPause: () => void = () => {};

  constructor(
    private readonly ping: () => Promise<void>,
    private readonly log: Log,
    private readonly onChange: (isOpen: boolean) => void = () => {},
  ) {}

  get isOpen(): boolean {
    return this.away === undefined;
  }

  /** Resolves when the store is there, or the service stops. */
  async opened(): Promise<void> {
    await this.away;
  }

  /** Does a piece of work, again and again while the store is away. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    for (let doubts = 0; ; ) {
      await this.away;
      if (this.isStopping && doubts > 0) throw new Abandoned();
      try {
        return await work();
      } catch (error) {
        if (!isAway(error)) throw error;
        if (this.isStopping) throw new Abandoned();
        doubts = (await this.answers()) ? doubts + 1 : 0;
        if (doubts > DOUBTS) throw error;
        if (doubts === 0) this.shut(error);
        else await this.pause(FIRST_PAUSE * doubts);
      }
    }
  }

  /** Lets nobody wait any longer: work that cannot be done now is abandoned. */
  stop(): void {
    this.isStopping = true;
    this.endPause();
  }

  private shut(error: unknown): void {
    if (this.away) return;
    this.log.warn({ err: error }, 'MongoDB is away: deliveries are held until it is back');
    this.away = this.waitUntilBack().then(() => {
      this.away = undefined;
      this.onChange(true);
    });
    this.onChange(false);
  }

  private async waitUntilBack(): Promise<void> {
    for (let pause = FIRST_PAUSE; !this.isStopping; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      if (await this.answers()) {
        this.log.info({}, 'MongoDB is back');
        return;
      }
      await this.pause(pause);
    }
  }

  private async answers(): Promise<boolean> {
    try {
      await this.ping();
      return true;
    } catch {
      return false;
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
