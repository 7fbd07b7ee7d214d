import { type ChannelModel, connect } from 'amqplib';
import { withChannel } from '../connection';
import { assertTopology, type QueueDeclaration, TopologyDifference } from '../topology';
import { type Difference, differencesOf } from '../topology-check';
import type { Installation } from './installation';

/** What on the broker is not what the map declares, queues that the map does not name included. */
export async function topologyDiff(installation: Installation): Promise<Difference[]> {
  const { topology, management } = installation;
  const declared = new Set(topology.queues.map(({ name }) => name));
  const strangers = new Set((await management.bindingsFrom(topology.exchange)).filter((name) => !declared.has(name)));
  return [
    ...(await differencesOf(topology, management)),
    ...[...strangers].map(
      (queue): Difference => ({
        kind: 'extra_queue',
        queue,
        text: `queue ${queue} is bound to ${topology.exchange}, but the map does not name it`,
      }),
    ),
  ];
}

export interface ApplyOutcome {
  done: string[];
  /** What has to be done by a person, and why. */
  left: string[];
}

/**
 * Makes the broker what the map declares: creates what is missing and unbinds what the map no longer names. A queue with other
 * arguments is made anew only while it is empty and nobody consumes from it; one that holds messages is never deleted.
 */
export async function topologyApply(
  installation: Installation,
  options: { dryRun?: boolean } = {},
): Promise<ApplyOutcome> {
  const differences = await topologyDiff(installation);
  const outcome: ApplyOutcome = { done: [], left: [] };
  const connection = await connect(installation.config.rabbitmqUrl, { noDelay: true });
  connection.on('error', () => {
    // The operation under way is rejected with the same words.
  });
  try {
    const { queues } = installation.topology;
    for (const { name } of queues) {
      if (!differences.some(({ kind, queue }) => kind === 'argument' && queue === name)) continue;
      await remake(
        installation,
        connection,
        queues.find((queue) => queue.name === name) as QueueDeclaration,
        outcome,
        options,
      );
    }
    for (const difference of differences) await settle(installation, connection, difference, outcome, options);
    if (!options.dryRun) await declareAll(installation, connection);
  } finally {
    await connection.close();
  }
  return outcome;
}

async function declareAll(installation: Installation, connection: ChannelModel): Promise<void> {
  try {
    await assertTopology(installation.topology, (use) => withChannel(connection, use));
  } catch (error) {
    // Those queues are among what is left.
    if (!(error instanceof TopologyDifference)) throw error;
  }
}

async function settle(
  installation: Installation,
  connection: ChannelModel,
  difference: Difference,
  outcome: ApplyOutcome,
  { dryRun }: { dryRun?: boolean },
): Promise<void> {
  const { kind, queue = '', event = '', text } = difference;
  const { exchange } = installation.topology;
  if (kind === 'extra_binding') {
    if (!dryRun) await withChannel(connection, (channel) => channel.unbindQueue(queue, exchange, event));
    outcome.done.push(`unbound ${queue} from ${event}`);
  } else if (kind === 'missing_queue' || kind === 'missing_exchange' || kind === 'missing_binding') {
    outcome.done.push(`made: ${text}`);
  } else if (kind === 'policy') {
    outcome.left.push(`${text}: change the policy on the broker`);
  } else if (kind === 'exchange') {
    outcome.left.push(`${text}: an exchange cannot be changed in place`);
  } else if (kind === 'extra_queue') {
    outcome.left.push(`${text}: unbind and delete it when it has drained`);
  }
}

async function remake(
  installation: Installation,
  connection: ChannelModel,
  declared: QueueDeclaration,
  outcome: ApplyOutcome,
  { dryRun }: { dryRun?: boolean },
): Promise<void> {
  const { name } = declared;
  const inUse = await withChannel(connection, async (channel) => {
    const { messageCount, consumerCount } = await channel.checkQueue(name);
    return messageCount > 0 || consumerCount > 0
      ? `it holds ${messageCount} messages and has ${consumerCount} consumers`
      : undefined;
  });
  if (inUse) {
    outcome.left.push(`queue ${name} has other arguments, but ${inUse}: let it drain, or declare a new name`);
    return;
  }
  if (dryRun) {
    outcome.done.push(`would make ${name} anew: it is empty`);
    return;
  }
  await withChannel(connection, async (channel) => {
    const { messageCount } = await channel.deleteQueue(name);
    await channel.assertQueue(name, { durable: true, arguments: declared.arguments });
    for (const event of declared.events) await channel.bindQueue(name, installation.topology.exchange, event);
    if (messageCount > 0) {
      outcome.left.push(
        `queue ${name}: ${messageCount} messages came in the moment of its deletion, fill the gap by \`replay\``,
      );
    }
  });
  outcome.done.push(`made ${name} anew with the declared arguments`);
}
