import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { EVENTS, type EventContract, producerOf, SUBSCRIPTIONS, serviceOf } from '@idxcoop/contracts';
import { validateSync } from 'class-validator';

const GOLDEN = join(__dirname, 'golden');
const contracts: readonly EventContract[] = EVENTS;
const errorsOf = (contract: EventContract, data: object) =>
  validateSync(Object.assign(new contract(), data), { whitelist: true, forbidNonWhitelisted: true });

const OPTIONAL = ['reason', 'intoId', 'reviewCaseId', 'declaredReadyOn', 'verifiedOn', 'imported'];
/** Fields that an event may leave out. */
const optionalOf = (event: string) => [
  ...OPTIONAL,
  ...(event.startsWith('notifications.') ? ['cooperativeId'] : []),
  ...(/^onboarding\.review\.(assigned|escalated)\./.test(event) ? ['officialId', 'previousOfficialId'] : []),
  ...(event === 'onboarding.review.assigned.v1' ? ['dueAt'] : []),
  ...(event.startsWith('reporting.digest.') ? ['gained', 'requiredPerWeek', 'daysLeft', 'status'] : []),
];

interface Envelope {
  type: string;
  source: string;
  data: Record<string, unknown>;
}
const goldenOf = (event: string) => JSON.parse(readFileSync(join(GOLDEN, `${event}.json`), 'utf8')) as Envelope;

describe('event contracts', () => {
  it('has one golden envelope for each event version', () => {
    expect(readdirSync(GOLDEN).sort()).toEqual(contracts.map(({ event }) => `${event}.json`).sort());
  });

  it.each(contracts.map((contract) => [contract.event, contract] as const))(
    'still takes what was published as %s',
    (event, contract) => {
      const golden = goldenOf(event);
      expect(golden).toMatchObject({ type: event, source: producerOf(event) });
      expect(errorsOf(contract, golden.data)).toEqual([]);
    },
  );

  it.each(contracts.map((contract) => [contract.event, contract] as const))(
    'refuses %s when a field that was required is missing',
    (event, contract) => {
      const golden = goldenOf(event);
      const optional = optionalOf(event);
      for (const field of Object.keys(golden.data).filter((name) => !optional.includes(name))) {
        expect([field, errorsOf(contract, { ...golden.data, [field]: undefined }).length]).toEqual([field, 1]);
      }
    },
  );

  it('names events by the rule of the house', () => {
    for (const { event } of contracts) expect(event).toMatch(/^[a-z-]+\.[a-z-]+\.[a-z-]+\.v\d+$/);
  });

  it('maps consumers of known services to known events only', () => {
    for (const [consumer, events] of Object.entries(SUBSCRIPTIONS)) {
      expect(() => serviceOf(consumer)).not.toThrow();
      for (const contract of events) expect(contracts).toContain(contract);
    }
  });

  it('carries no field that names a person', () => {
    const personal = /name|phone|email|address|\bnik\b/i;
    for (const { event } of contracts) {
      expect(Object.keys(goldenOf(event).data).filter((field) => personal.test(field))).toEqual([]);
    }
  });

  it('writes an AsyncAPI 3 document that the official parser takes', async () => {
    const document = readFileSync(join(__dirname, '../../docs/asyncapi.yaml'), 'utf8');
    const { diagnostics } = await new Parser().parse(document);
    expect(diagnostics.filter(({ severity }) => severity === 0)).toEqual([]);
  });
});
