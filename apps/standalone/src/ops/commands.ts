import { parseArgs } from 'node:util';
import {
  deadDiscard,
  type DeadFilter,
  deadGroups,
  deadList,
  deadRedrive,
  deadShow,
  type Installation,
  outboxStatus,
  queueStatus,
  replay,
  topologyApply,
  topologyDiff,
  WrongUsage,
} from '@idxcoop/messaging';
import { listErasures, reapplyErasures } from './reapply-erasures';
import { rebuildReporting } from './rebuild-reporting';
import { verifyAudit } from './verify-audit';

const NOT_DONE = 1;
const FOUND_SOMETHING = 3;

/** One command of operations: how it is called, what it answers, and its exit code where that is not 0. */
export interface Command {
  usage: string;
  run(installation: Installation, words: string[]): Promise<{ result: unknown; code?: number }>;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const FILTERS = {
  service: text,
  consumer: text,
  event: text,
  reason: text,
  error: text,
  'event-id': text,
  aggregate: text,
  id: text,
  from: text,
  until: text,
};
const FILTER_USAGE =
  '[--id ID] [--service S] [--consumer C] [--event E] [--reason R] [--error CLASS[:CODE]] [--event-id ID] [--aggregate ID] [--from T] [--until T]';

type FilterValues = { [name in keyof typeof FILTERS]?: string };

function filterOf(values: FilterValues): DeadFilter {
  const [errorClass, errorCode] = values.error?.split(':', 2) ?? [];
  const { service, consumer, event, reason, aggregate, id, 'event-id': eventId } = values;
  const given = { service, consumer, event, reason, aggregate, id, eventId, errorClass, errorCode };
  const times = {
    ...(values.from && { from: instant(values.from) }),
    ...(values.until && { until: instant(values.until) }),
  };
  return { ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)), ...times };
}

function instant(word: string): Date {
  const at = new Date(word);
  if (Number.isNaN(at.getTime())) throw new WrongUsage(`${word} is no instant: 2020-10-08T00:00:00Z is one`);
  return at;
}

function count(word: string | undefined, name: string): number | undefined {
  if (word === undefined) return undefined;
  const value = Number(word);
  if (!Number.isFinite(value) || value <= 0) throw new WrongUsage(`${name} is a number above 0`);
  return value;
}

/** Changing everything that is dead has to be said, not forgotten. */
function narrowed(values: FilterValues & { all?: boolean }): DeadFilter {
  const filter = filterOf(values);
  if (Object.keys(filter).length === 0 && !values.all) throw new WrongUsage('Say which by a filter, or --all');
  return filter;
}

const bulk = { ...FILTERS, all: flag, 'dry-run': flag, note: text, rate: text };

export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  [
    'dead list',
    {
      usage: `${FILTER_USAGE} [--group] [--limit N] [--state dead|waiting|discarded] [--json]`,
      async run(installation, words) {
        const { values } = parseArgs({ args: words, options: { ...FILTERS, group: flag, limit: text, state: text } });
        const state = values.state as DeadFilter['state'];
        if (state && !['dead', 'waiting', 'discarded'].includes(state))
          throw new WrongUsage('--state is dead, waiting or discarded');
        const filter = { ...filterOf(values), ...(state && { state }) };
        if (values.group) return { result: await deadGroups(installation, filter) };
        return { result: await deadList(installation, filter, count(values.limit, '--limit')) };
      },
    },
  ],
  [
    'dead show',
    {
      usage: 'ID [--json]',
      async run(installation, words) {
        const { positionals } = parseArgs({ args: words, allowPositionals: true });
        const [id] = positionals;
        if (!id || positionals.length > 1) throw new WrongUsage('Say which one');
        const row = await deadShow(installation, id);
        return row ? { result: row } : { result: { id, found: false }, code: NOT_DONE };
      },
    },
  ],
  [
    'dead redrive',
    {
      usage: `${FILTER_USAGE} [--all] [--dry-run] [--rate PER_SECOND] [--note WHY] [--json]`,
      async run(installation, words) {
        const { values } = parseArgs({ args: words, options: bulk });
        const { 'dry-run': dryRun, note } = values;
        const rate = count(values.rate, '--rate');
        return { result: await deadRedrive(installation, narrowed(values), { dryRun, note, rate }) };
      },
    },
  ],
  [
    'dead discard',
    {
      usage: `${FILTER_USAGE} [--all] [--dry-run] --note WHY [--json]`,
      async run(installation, words) {
        const { values } = parseArgs({ args: words, options: bulk });
        const { 'dry-run': dryRun, note } = values;
        return { result: await deadDiscard(installation, narrowed(values), { dryRun, note }) };
      },
    },
  ],
  [
    'queues',
    {
      usage: '[--json]',
      run: async (installation, words) => only(words, async () => ({ result: await queueStatus(installation) })),
    },
  ],
  [
    'outbox',
    {
      usage: '[--service S] [--json]',
      async run(installation, words) {
        const { values } = parseArgs({ args: words, options: { service: text } });
        return { result: await outboxStatus(installation, values) };
      },
    },
  ],
  [
    'topology diff',
    {
      usage: '[--json]',
      run: async (installation, words) =>
        only(words, async () => {
          const result = await topologyDiff(installation);
          return { result, ...(result.length > 0 && { code: FOUND_SOMETHING }) };
        }),
    },
  ],
  [
    'topology apply',
    {
      usage: '[--dry-run] [--json]',
      async run(installation, words) {
        const { values } = parseArgs({ args: words, options: { 'dry-run': flag } });
        const result = await topologyApply(installation, { dryRun: values['dry-run'] });
        return { result, ...(result.left.length > 0 && { code: NOT_DONE }) };
      },
    },
  ],
  [
    'replay',
    {
      usage: '--to CONSUMER --from T --until T [--rate PER_SECOND] [--dry-run] [--json]',
      async run(installation, words) {
        const options = { to: text, from: text, until: text, rate: text, 'dry-run': flag };
        const { values } = parseArgs({ args: words, options });
        const { to, from, until, 'dry-run': dryRun } = values;
        if (!to || !from || !until) throw new WrongUsage('A replay needs --to, --from and --until');
        const rate = count(values.rate, '--rate');
        const result = await replay(installation, { to, from: instant(from), until: instant(until), rate, dryRun });
        return { result, ...(!dryRun && result.sent < result.matched && { code: NOT_DONE }) };
      },
    },
  ],
  [
    'reporting rebuild',
    {
      usage: '[--check] [--json]',
      async run(installation, words) {
        const { values } = parseArgs({ args: words, options: { check: flag } });
        const result = await rebuildReporting(installation.config, { check: values.check ?? false });
        return { result, ...(values.check && !result.same && { code: FOUND_SOMETHING }) };
      },
    },
  ],
  [
    'privacy erasures',
    {
      usage: '[--json]',
      run: async (installation, words) =>
        only(words, async () => ({ result: await listErasures(installation.config) })),
    },
  ],
  [
    'privacy reapply',
    {
      usage: '[--from FILE] [--json]',
      async run(installation, words) {
        const { values } = parseArgs({ args: words, options: { from: text } });
        return { result: await reapplyErasures(installation.config, values.from) };
      },
    },
  ],
  [
    'audit verify',
    {
      usage: '[--anchor POSITION:HASH] [--json]',
      async run(installation, words) {
        const { values } = parseArgs({ args: words, options: { anchor: text } });
        const result = await verifyAudit(installation.config, anchorOf(values.anchor));
        return { result, ...(!result.whole && { code: FOUND_SOMETHING }) };
      },
    },
  ],
]);

/** An end of the chain that was noted before. */
function anchorOf(word: string | undefined): { position: number; hash: string } | undefined {
  if (word === undefined) return undefined;
  const [, position, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(word) ?? [];
  if (!position || !hash) throw new WrongUsage('--anchor is POSITION:HASH, as an earlier check answered them');
  return { position: Number(position), hash };
}

/** For commands without options of their own. */
function only<T>(words: string[], work: () => Promise<T>): Promise<T> {
  parseArgs({ args: words, options: {} });
  return work();
}
