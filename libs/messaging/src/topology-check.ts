import type { BrokerQueue, Management } from './management';
import type { QueueDeclaration, Topology } from './topology';

/** Something on the broker that is not what this build declares. */
export interface Difference {
  kind:
    | 'missing_exchange'
    | 'exchange'
    | 'missing_queue'
    | 'argument'
    | 'policy'
    | 'missing_binding'
    | 'extra_binding'
    | 'extra_queue';
  queue?: string;
  /** The event of a binding. */
  event?: string;
  text: string;
}

/** Policies that change nothing about which messages are kept, and where they go. */
const HARMLESS_POLICIES = /^(ha-|queue-leader-locator|queue-master-locator|federation-|delayed-retry-)/;

/** Everything about these queues that differs, read back from the broker. */
export async function differencesOf(
  topology: Topology,
  management: Management,
  only?: readonly string[],
): Promise<Difference[]> {
  const found: Difference[] = [];
  const exchange = await management.exchange(topology.exchange);
  if (!exchange) found.push({ kind: 'missing_exchange', text: `exchange ${topology.exchange} is missing` });
  else if (exchange.type !== 'topic' || !exchange.durable) {
    found.push({
      kind: 'exchange',
      text: `exchange ${topology.exchange} is ${exchange.type}, not a durable topic exchange`,
    });
  }
  const queues = new Map((await management.queues()).map((queue) => [queue.name, queue]));
  for (const declared of topology.queues) {
    if (only && !only.includes(declared.name)) continue;
    const queue = queues.get(declared.name);
    if (!queue) found.push({ kind: 'missing_queue', queue: declared.name, text: `queue ${declared.name} is missing` });
    else
      found.push(
        ...argumentsOf(declared, queue),
        ...(await policiesOf(declared.name, management)),
        ...(await bindingsOf(topology, declared, management)),
      );
  }
  return found;
}

/** Differences that refuse the start: a binding of an event that this build does not know belongs to a newer one. */
export function refusing(differences: readonly Difference[], known: ReadonlySet<string>): Difference[] {
  return differences.filter(({ kind, event }) => kind !== 'extra_binding' || known.has(event ?? ''));
}

function argumentsOf(declared: QueueDeclaration, queue: BrokerQueue): Difference[] {
  const texts: string[] = [];
  for (const key of new Set([...Object.keys(declared.arguments), ...Object.keys(queue.arguments)])) {
    const [ours, theirs] = [declared.arguments[key], queue.arguments[key]];
    if (ours === theirs) continue;
    texts.push(
      `${key} is ${theirs === undefined ? 'not set' : JSON.stringify(theirs)}, declared ${JSON.stringify(ours) ?? 'not at all'}`,
    );
  }
  if (!queue.durable) texts.push('it is not durable');
  return texts.map((text) => ({ kind: 'argument', queue: queue.name, text: `queue ${queue.name}: ${text}` }));
}

async function policiesOf(queue: string, management: Management): Promise<Difference[]> {
  const policies = await management.policiesOf(queue);
  return policies.flatMap(({ name, definition }) =>
    Object.entries(definition)
      .filter(([key]) => !HARMLESS_POLICIES.test(key))
      .map(
        ([key, value]): Difference => ({
          kind: 'policy',
          queue,
          text: `queue ${queue}: policy ${name} sets ${key} to ${JSON.stringify(value)}`,
        }),
      ),
  );
}

async function bindingsOf(
  topology: Topology,
  declared: QueueDeclaration,
  management: Management,
): Promise<Difference[]> {
  const bound = new Set(
    (await management.bindings(topology.exchange, declared.name)).map(({ routing_key: key }) => key),
  );
  const wanted = new Set(declared.events);
  const about = (kind: Difference['kind'], event: string, text: string): Difference => ({
    kind,
    queue: declared.name,
    event,
    text,
  });
  return [
    ...[...wanted]
      .filter((event) => !bound.has(event))
      .map((event) => about('missing_binding', event, `queue ${declared.name} is not bound to ${event}`)),
    ...[...bound]
      .filter((event) => !wanted.has(event))
      .map((event) =>
        about('extra_binding', event, `queue ${declared.name} is bound to ${event}, which the map does not name`),
      ),
  ];
}
