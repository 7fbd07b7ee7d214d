import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { ServiceName } from '@idxcoop/contracts';
import mongoose, { type ClientSession, type Connection } from 'mongoose';
import type { Config } from '../config';
import { describeError } from '../describe-error';
import type { Log } from '../log';
import { within } from '../within';
import { isAway } from './store-errors';

/** The MongoDB of one service: its connection, its transactions, and what happens after they are committed. */
@Injectable()
export class Mongo implements OnModuleInit, OnApplicationShutdown {
  /** Services register their models on it by `MongooseModule.forFeature`. */
  readonly connection: Connection;
  private readonly committed = new WeakMap<ClientSession, (() => void)[]>();
  private readonly prepared: Promise<void>;
  private settle: { resolve: () => void; reject: (error: unknown) => void } = { resolve() {}, reject() {} };
  private closing = false;
  private isPrepared = false;
  private refused = false;

  constructor(
    private readonly config: Config,
    private readonly log: Log,
    service: ServiceName,
  ) {
    this.database = databaseName(config.dbPrefix, service);
    // Collections and indexes are made by `prepare`, which is awaited; mongoose by itself would do it unseen.
    this.connection = mongoose.createConnection();
    this.connection.set('autoIndex', false);
    this.connection.set('autoCreate', false);
    this.connection.set('bufferTimeoutMS', config.mongodbTimeout);
    this.prepared = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    this.prepared.catch(() => {});
  }

  readonly database: string;
  private readonly preparations: (() => Promise<void>)[] = [];

  /** Waits a moment for the store, so that what runs at start usually finds it; goes on without it where it is away. */
  async onModuleInit(): Promise<void> {
    void this.connect();
    await within(this.config.mongodbTimeout, this.prepared).catch((error) => {
      if (this.refused) throw error;
    });
  }

  /** Resolves once the store was reached and all collections and indexes exist; however long that takes. */
  ready(): Promise<void> {
    return this.prepared;
  }

  /** What else must exist before the first transaction; asked for while providers are made. May be run again. */
  alsoPrepare(preparation: () => Promise<void>): void {
    this.preparations.push(preparation);
  }

  /** Throws where the store cannot answer now. */
  async check(): Promise<void> {
    if (!this.isPrepared) throw new Error('MongoDB was not reached since the start');
    await this.connection.db?.command({ ping: 1 }, { timeoutMS: 2_000 });
  }

  /**
   * Runs `fn` in a transaction with majority. A transient error runs it again, so what it collects outside of the session
   * has to be reset at its start.
   */
  async transaction<T>(fn: (session: ClientSession) => Promise<T>): Promise<T> {
    let committed: (() => void)[] = [];
    // mongoose's form of withTransaction also takes back what an aborted attempt changed in documents it saved.
    const result = await this.connection.transaction(
      (session) => {
        committed = [];
        this.committed.set(session, committed);
        return fn(session);
      },
      { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' }, readPreference: 'primary' },
    );
    for (const after of committed) this.runAfter(after);
    return result as T;
  }

  /** Registers what to do once this transaction is committed; what an aborted attempt registered is forgotten. */
  afterCommit(session: ClientSession, fn: () => void): void {
    const list = this.committed.get(session);
    if (!list) throw new Error('afterCommit needs a session of Mongo.transaction');
    list.push(fn);
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.connection.close();
  }

  private runAfter(after: () => void): void {
    try {
      after();
    } catch (error) {
      this.log.error({ err: error }, 'what was to follow a commit failed');
    }
  }

  /** The driver reconnects by itself once it was connected; the first connection is tried again here. */
  private async connect(): Promise<void> {
    for (let attempt = 0; !this.closing; attempt += 1) {
      try {
        if (this.connection.readyState === 0) await this.open();
        await this.prepare();
        this.isPrepared = true;
        this.settle.resolve();
        return;
      } catch (error) {
        if (!isAway(error)) {
          this.refused = true;
          this.settle.reject(error);
          return;
        }
        if (attempt % 10 === 0) this.log.warn({ reason: describeError(error) }, 'MongoDB is away, waiting for it');
        await new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** attempt, 1_000)));
      }
    }
  }

  private async open(): Promise<void> {
    const { mongodbUri, mongodbTimeout } = this.config;
    await this.connection.openUri(mongodbUri, {
      dbName: this.database,
      serverSelectionTimeoutMS: mongodbTimeout,
      connectTimeoutMS: mongodbTimeout,
      heartbeatFrequencyMS: 1_000,
      autoIndex: false,
      autoCreate: false,
      bufferTimeoutMS: mongodbTimeout,
      w: 'majority',
      maxPoolSize: 50,
    } as mongoose.ConnectOptions);
  }

  private async prepare(): Promise<void> {
    for (const model of Object.values(this.connection.models)) {
      await model.createCollection();
      await model.createIndexes().catch((error: unknown) => {
        throw isIndexConflict(error) ? new IndexDifference(this.connection.name, model.collection.name) : error;
      });
    }
    for (const preparation of this.preparations) await preparation();
  }
}

/** Another build made indexes of the same names with other rules: nobody but a person may decide what to do about that. */
export class IndexDifference extends Error {
  constructor(database: string, collection: string) {
    super(
      `The indexes of ${database}.${collection} differ from what this build declares: drop the one that changed (db.${collection}.getIndexes()), and start again.`,
    );
    this.name = 'IndexDifference';
  }
}

/** IndexOptionsConflict and IndexKeySpecsConflict of MongoDB. */
function isIndexConflict(error: unknown): boolean {
  return [85, 86].includes((error as { code?: number }).code ?? 0);
}

/** `idxcoop` and `content-indexing` give `idxcoop_content_indexing`. */
export function databaseName(prefix: string, service: ServiceName): string {
  return `${prefix}_${service.replaceAll('-', '_')}`;
}
