import { isAway, type Log } from '@idxcoop/platform';

/** A task that is run again and again, one run at a time, with a pause between; an error of one run does not end it. */
export class Loop {
  isStopping = false;
  private running: Promise<void> | undefined;
  private endPause: () => void = () => {};
  private lastMessage = '';

  constructor(
    private readonly name: string,
    private readonly interval: number,
    /** Answers true when there is more to do at once. */
    private readonly task: () => Promise<boolean | void>,
    private readonly log: Log,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Runs the task now instead of at the end of the pause. */
  hurry(): void {
    this.endPause();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.endPause();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      if (!(await this.once()) && !this.isStopping) await this.pause();
    }
  }

  private async once(): Promise<boolean> {
    try {
      const more = (await this.task()) === true;
      this.lastMessage = '';
      return more;
    } catch (error) {
      const message = error instanceof Error ? error.constructor.name : String(error);
      // A store that is away fails each run: one line, not one a second.
      if (message !== this.lastMessage)
        this.log[isAway(error) ? 'warn' : 'error']({ err: error }, `${this.name} failed, trying again`);
      this.lastMessage = message;
      return false;
    }
  }

  private async pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.interval);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
