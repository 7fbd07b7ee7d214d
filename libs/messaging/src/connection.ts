import { type Channel, type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import type { Log } from '@idxcoop/platform';

const FIRST_DELAY = 50;
const LONGEST_DELAY = 2_000;
const CONNECT_TIMEOUT = 5_000;
const CLOSE_TIMEOUT = 2_000;

export interface LinkOptions<C extends Channel> {
  url: string;
  /** Shown by the broker beside the connection. */
  name: string;
  log: Log;
  createChannel: (connection: ChannelModel) => Promise<C>;
  /** Makes a new channel usable: declares, sets prefetch, consumes. A rejection opens another one later. */
  setUp: (channel: C, connection: ChannelModel) => Promise<void>;
  /** The channel that was set up is gone. */
  onLost?: (reason: string) => void;
}

/**
 * One connection with one channel on it, which heal by themselves: a lost channel is opened again on the same connection,
 * a lost connection is made again; the pauses between grow, with jitter, to 2 s at most.
 */
export class BrokerLink<C extends Channel = Channel> {
  /** Set while the broker takes no publishes (memory or disk alarm). */
  isBlocked = false;
  lastError: unknown;
  private connection: ChannelModel | undefined;
  private channel: C | undefined;
  private running: Promise<void> | undefined;
  private isClosing = false;
  private endPause: () => void = () => {};
  private readonly waiting = new Set<() => void>();

  constructor(private readonly options: LinkOptions<C>) {}

  /** The channel, while it is open and set up. */
  get current(): C | undefined {
    return this.channel;
  }

  /** Begins to connect, and goes on until `close`. */
  start(): void {
    this.running ??= this.run();
  }

  /** Resolves when the channel is open, or at once when the link was closed. */
  async opened(): Promise<void> {
    while (!this.channel && !this.isClosing) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  /** The outcome of the first attempt: undefined when the link is open, else what was in the way. */
  async firstAttempt(): Promise<unknown> {
    while (!this.channel && !this.lastError && !this.isClosing) {
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
    return this.channel ? undefined : this.lastError;
  }

  /** Gives the channel up; another one is opened and set up. */
  async reopen(): Promise<void> {
    const channel = this.channel;
    if (channel) await closeQuietly(() => channel.close());
  }

  /** Uses a short-lived channel of the same connection: a refused declaration closes only that one. */
  async withChannel<T>(use: (channel: Channel) => Promise<T>): Promise<T> {
    if (!this.connection) throw new Error('There is no connection to the broker');
    return withChannel(this.connection, use);
  }

  async close(): Promise<void> {
    if (this.isClosing) return;
    this.isClosing = true;
    const { channel, connection } = this;
    if (channel) await closeQuietly(() => channel.close());
    if (connection) {
      await closeQuietly(() => connection.close());
      // A silent broker does not answer the close, and an open socket would keep the process alive.
      (connection.connection as unknown as { stream?: { destroy(): void } }).stream?.destroy();
    }
    this.endPause();
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.isClosing; ) {
      try {
        const { lost } = await this.open();
        failures = 0;
        this.lastError = undefined;
        this.wake();
        const reason = await lost;
        this.channel = undefined;
        this.options.onLost?.(reason);
      } catch (error) {
        this.lastError = error;
        failures += 1;
        if (failures === 1 || failures % 20 === 0) {
          this.options.log.warn({ err: error, link: this.options.name }, 'the broker is not usable, trying again');
        }
        this.wake();
      }
      if (!this.isClosing) await this.pause(failures);
    }
  }

  /** Opens and sets up; `lost` resolves when that channel is gone. */
  private async open(): Promise<{ lost: Promise<string> }> {
    const connection = this.connection ?? (await this.connect());
    const channel = await this.options.createChannel(connection);
    let reason = 'channel closed';
    channel.on('error', (error: Error) => {
      reason = error.message;
    });
    // Closing is announced once only, so whoever sets up must not miss it.
    const lost = new Promise<string>((resolve) => channel.once('close', () => resolve(reason)));
    try {
      await Promise.race([this.options.setUp(channel, connection), lost.then((why) => Promise.reject(new Error(why)))]);
    } catch (error) {
      await closeQuietly(() => channel.close());
      throw error;
    }
    this.channel = channel;
    return { lost };
  }

  private async connect(): Promise<ChannelModel> {
    const url = new URL(this.options.url);
    if (!url.searchParams.has('heartbeat')) url.searchParams.set('heartbeat', '10');
    const connection = await connect(url.toString(), {
      noDelay: true,
      timeout: CONNECT_TIMEOUT,
      clientProperties: { connection_name: this.options.name },
    });
    connection.on('error', (error: Error) => {
      this.lastError = error;
    });
    connection.on('blocked', (reason: string) => {
      this.isBlocked = true;
      this.options.log.warn({ link: this.options.name, reason }, 'the broker takes no more publishes for now');
    });
    connection.on('unblocked', () => {
      this.isBlocked = false;
      this.wake();
    });
    connection.once('close', () => {
      this.isBlocked = false;
      if (this.connection === connection) this.connection = undefined;
    });
    if (this.isClosing) {
      await closeQuietly(() => connection.close());
      throw new Error('The link is closing');
    }
    this.connection = connection;
    return connection;
  }

  private async pause(failures: number): Promise<void> {
    const most = Math.min(FIRST_DELAY * 2 ** failures, LONGEST_DELAY);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, most / 2 + (Math.random() * most) / 2);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private wake(): void {
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const resume of waiting) resume();
  }
}

/** Uses a channel and closes it again, however the use ended. */
export async function withChannel<T>(connection: ChannelModel, use: (channel: Channel) => Promise<T>): Promise<T> {
  const channel = await connection.createChannel();
  channel.on('error', () => {
    // The operation that caused it is rejected with the same words.
  });
  try {
    return await use(channel);
  } finally {
    await closeQuietly(() => channel.close());
  }
}

/** A channel or connection that is closed already throws at once; one whose broker is silent never answers. */
async function closeQuietly(close: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await Promise.race([
      close(),
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, CLOSE_TIMEOUT);
      }),
    ]);
  } catch {
    // It is closed: what was wanted.
  } finally {
    clearTimeout(timer);
  }
}

export const confirmChannel = (connection: ChannelModel): Promise<ConfirmChannel> => connection.createConfirmChannel();
export const plainChannel = (connection: ChannelModel): Promise<Channel> => connection.createChannel();
