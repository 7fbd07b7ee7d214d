#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { main } from './interruption.mjs';
import { applicationKeys } from './keys.mjs';
import { homeFolder, root } from './root.mjs';
import { ensureBuild, ensureDependencies } from './setup.mjs';
import { runningStores } from './stores/index.mjs';

const help = `Usage: npm run ops -- COMMAND [options]

  token --role R [--territory T] [--subject S] [--hours N]
                                a token of this installation, the bare token on standard output
  dead list|show|redrive|discard   dead letters
  queues                        queues of the broker, and what waits in them
  outbox                        events that are not published yet
  topology diff|apply           what the map declares against what the broker has
  replay --to CONSUMER --from T --until T
                                events of the outboxes once more to one consumer; its inbox keeps it from acting twice
  reporting rebuild [--check]   projections anew from the record, or only compared
  privacy erasures              the log of erased people, ids only: to be kept with the backups
  privacy reapply [--from FILE] erasures once more after a restore, of the log or of one that was kept
  audit verify [--anchor POSITION:HASH]
                                whether the audit trail is whole; an anchor is the head that an earlier check answered

Each takes --help and --json. Stores: MONGODB_URI, RABBITMQ_URL, RABBITMQ_MANAGEMENT_URL from the environment, else those that
\`npm start\` or \`npm run services\` keeps for IDXCOOP_HOME (default .local).
Exit code: 0 done, 1 not done, 2 wrong usage, 3 found something (diff, --check, audit verify).
`;

/** @param {string[]} words */
async function token(words) {
  const { issueToken, ROLES } = await import('./tokens.mjs');
  const text = /** @type {const} */ ({ type: 'string' });
  /** @type {{ values: Record<string, any> }} */
  const { values } = parseArgs({
    args: words,
    options: {
      role: text,
      territory: text,
      subject: text,
      hours: text,
      json: /** @type {const} */ ({ type: 'boolean' }),
    },
  });
  if (!values.role || !ROLES.includes(values.role)) return wrong(`--role is one of ${ROLES.join(', ')}`);
  const hours = Number(values.hours ?? 12);
  if (!(hours > 0)) return wrong('--hours is a number above 0');
  if (values.territory && !/^(ID|\d{2}(\.\d{2}){0,2}(\.\d{4})?)$/.test(values.territory))
    return wrong('--territory is ID or a region code, like 12 or 12.71');
  const issued = await issueToken(homeFolder(), {
    role: values.role,
    territory: values.territory,
    subject: values.subject,
    hours,
  });
  process.stdout.write(values.json ? `${JSON.stringify({ token: issued })}\n` : `${issued}\n`);
  return 0;
}

/** @param {string} what */
function wrong(what) {
  process.stderr.write(`${what}\n\n${help}`);
  return 2;
}

/** @param {string[]} words @param {AbortSignal} signal @returns {Promise<number>} */
async function application(words, signal) {
  const home = homeFolder();
  const urls = runningStores(home)?.urls ?? {};
  const given = { ...urls, ...process.env };
  const isHelp = words.includes('--help');
  if (!isHelp && (!given['MONGODB_URI'] || !given['RABBITMQ_URL'])) {
    throw new Error(
      `Nothing runs for ${home}: start it with \`npm start\`, or name its stores with MONGODB_URI and RABBITMQ_URL.`,
    );
  }
  const program = join(root, 'dist/apps/standalone/src/ops/main.js');
  const env = { ...applicationKeys(home), REDIS_URL: 'redis://127.0.0.1:6379', LOG_LEVEL: 'warn', ...given };
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...words], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  signal.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => child.once('error', reject).once('exit', (code) => resolve(code ?? 1)));
}

await main(async (signal) => {
  const [command, ...words] = process.argv.slice(2);
  if (command === undefined || command === '--help') {
    process.stdout.write(help);
    return command ? 0 : 2;
  }
  await ensureDependencies({ signal });
  if (command === 'token') {
    if (words.includes('--help')) return (process.stdout.write(help), 0);
    try {
      return await token(words);
    } catch (error) {
      return wrong(/** @type {Error} */ (error).message);
    }
  }
  await ensureBuild({ signal });
  return application([command, ...words], signal);
});
