/**
 * Makes a mongod the only member of its replica set, under the port that it has today.
 * @param {number} port
 */
export async function becomePrimary(port) {
  const { MongoClient } = await import('mongodb');
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 10_000,
  });
  const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
  try {
    const kept = await client.db('local').collection('system.replset').findOne({});
    if (kept === null) await client.db('admin').command({ replSetInitiate: { _id: 'rs0', members } });
    // Under yesterday's address it does not find itself in its own set, and only force changes that.
    else
      await client
        .db('admin')
        .command({ replSetReconfig: { ...kept, version: kept['version'] + 1, members }, force: true });
  } finally {
    await client.close();
  }
}
