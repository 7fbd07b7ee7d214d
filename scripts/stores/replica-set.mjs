import { poll } from './poll.mjs';

const notYetInitialized = 94;
const alreadyInitialized = 23;

/**
 * Makes a mongod the only member of its replica set, under the port that it has today.
 * @param {number} port
 */
export async function becomePrimary(port) {
  // Only now: the driver was not there when this program began.
  const { MongoClient, MongoServerError } = await import('mongodb');
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 10_000,
  });
  const admin = client.db('admin');
  const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
  /** @param {object} command @param {number} code an answer that means "not this way" */
  const unless = async (command, code) => {
    try {
      return await admin.command({ ...command });
    } catch (error) {
      if (error instanceof MongoServerError && error.code === code) return undefined;
      throw error;
    }
  };
  // While it still loads its settings it answers like a new one, and refuses to be made into one.
  const settle = async () => {
    const kept = await unless({ replSetGetConfig: 1 }, notYetInitialized);
    if (kept === undefined) return unless({ replSetInitiate: { _id: 'rs0', members } }, alreadyInitialized);
    // Under yesterday's address it does not find itself in its own set, and only force changes that.
    const config = { ...kept['config'], version: kept['config'].version + 1, members };
    return admin.command({ replSetReconfig: config, force: true });
  };
  try {
    await poll(settle, { deadline: 30_000, what: 'replica set of mongod' });
  } finally {
    await client.close();
  }
}
