import { CooperativeImportedV1, contractOf, event, producerOf } from '@idxcoop/contracts';
import { makeEnvelope, Publisher } from '@idxcoop/messaging';
import { JobTimer, newId } from '@idxcoop/platform';
import { ReportingModule } from '../../apps/reporting/src/reporting.module';
import { eventually } from './eventually';
import { type StartedService, type StartOptions, startService } from './start-service';

/** Fourteen provinces by a regency of each. */
export const REGENCIES = [
  ...['11.71', '12.71', '13.71', '14.71', '16.71', '18.71', '31.71'],
  ...['32.73', '33.74', '34.71', '35.78', '36.71', '51.71', '73.71'],
];

/** What a fact about a cooperative says unless a test says otherwise. */
export function cooperative(
  fields: Partial<{ cooperativeId: string; regionCode: string; type: 'consumer' | 'producer' }> = {},
) {
  return {
    cooperativeId: newId(),
    regionCode: '12.71.05.1003',
    form: 'primary' as const,
    type: 'consumer' as const,
    ...fields,
  };
}

/** The close of a day in Jakarta. */
export function close(day: string): string {
  return `${day}T16:59:59.999Z`;
}

/** Imported facts of so many cooperatives that declared themselves ready on a day, spread over fourteen provinces. */
export function importedReady(
  count: number,
  day: string,
  knownAt = close(day),
  importId = newId(),
): CooperativeImportedV1[] {
  return Array.from({ length: count }, (_, index) =>
    event(CooperativeImportedV1, {
      ...cooperative({ regionCode: REGENCIES[index % REGENCIES.length] }),
      importId,
      registration: 'draft',
      created: true,
      declaredReadyOn: day,
      historical: true,
      effectiveOn: day,
      knownAt,
    }),
  );
}

/** Publishes facts on the broker as their services would, each about its cooperative; says their ids. */
export async function publishFacts(
  service: StartedService,
  facts: readonly object[],
  ids = facts.map(() => newId()),
): Promise<string[]> {
  const publisher = service.get(Publisher);
  await publisher.usable();
  await Promise.all(
    facts.map((fact, index) => {
      const contract = contractOf(fact);
      const id = ids[index] as string;
      const partitionKey = (fact as { cooperativeId?: string }).cooperativeId ?? newId();
      const about = { service: producerOf(contract.event), time: new Date(), partitionKey, sequence: index + 1 };
      const body = Buffer.from(JSON.stringify(makeEnvelope({ ...about, id, contract, data: fact })));
      return publisher.publish({ id, type: contract.event, body });
    }),
  );
  return ids;
}

/** The reporting service with real stores, and what its tests ask of it. */
export async function startReporting(options: StartOptions = {}) {
  const service = await startService(ReportingModule, options);
  const { http } = service;
  const lead = `Bearer ${await service.token({ roles: ['programme_lead'] })}`;
  const collection = (name: string) => service.mongo.connection.collection(name);

  /** Publishes facts and waits until they are recorded and folded. */
  async function learn(facts: readonly object[], ids?: string[]): Promise<string[]> {
    const published = await publishFacts(service, facts, ids);
    await eventually(async () => {
      const held = { _id: { $in: published as never[] } };
      expect(await collection('facts').countDocuments(held)).toBe(new Set(published).size);
      expect(await collection('facts').countDocuments({ ...held, pending: true })).toBe(0);
    }, 30_000);
    return published;
  }

  async function setTarget(fields: object = {}): Promise<string> {
    const key = `t-${newId().slice(-12)}`;
    const body = {
      key,
      name: 'Uji',
      indicator: 'cooperatives_joined',
      value: 500,
      deadline: '2020-12-31',
      timeZone: 'Asia/Jakarta',
      eligible: 123048,
      ...fields,
    };
    await http.post('/v1/targets').set('authorization', lead).send(body).expect(201);
    return key;
  }

  async function progress(key: string, query: Record<string, string> = {}) {
    const response = await http.get(`/v1/targets/${key}/progress`).query(query).expect(200);
    return response.body;
  }

  return {
    ...{ service, http, lead, collection, learn, setTarget, progress },
    /** What the timer does every ten seconds. */
    tick: () => service.get(JobTimer).tick(),
    close: () => service.close(),
  };
}
