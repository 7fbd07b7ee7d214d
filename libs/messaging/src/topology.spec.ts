import { refusing } from './topology-check';
import { topologyOf } from './topology';

class MadeV1 {
  static readonly event = 'onboarding.thing.made.v1';
}

describe(topologyOf.name, () => {
  const topology = topologyOf({ 'reporting.a': [MadeV1], 'reporting.b': [MadeV1], 'notifications.c': [] }, 'events', [
    'onboarding',
  ]);

  it('has a quorum queue and a dead queue for each service of the map, bound once to each of its events', () => {
    expect(topology.queues.map(({ name, events }) => [name, events])).toEqual([
      ['onboarding', []],
      ['onboarding.dead', []],
      ['reporting', ['onboarding.thing.made.v1']],
      ['reporting.dead', []],
      ['notifications', []],
      ['notifications.dead', []],
    ]);
  });

  it('limits deliveries, and throws into the dead queue of the service', () => {
    expect(topology.queues.find(({ name }) => name === 'reporting')?.arguments).toMatchObject({
      'x-queue-type': 'quorum',
      'x-delivery-limit': 1000,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': 'reporting.dead',
    });
  });
});

describe(refusing.name, () => {
  it('lets a binding pass whose event only a newer build knows', () => {
    const extra = (event: string) => ({ kind: 'extra_binding' as const, queue: 'reporting', event, text: event });
    const missing = { kind: 'missing_binding' as const, queue: 'reporting', event: 'known', text: 'missing' };
    expect(refusing([extra('known'), extra('newer'), missing], new Set(['known']))).toEqual([extra('known'), missing]);
  });
});
