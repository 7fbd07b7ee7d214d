#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { startCatcher } from './catcher/index.mjs';

const HELP = `Local providers: a mail server and the WhatsApp Cloud API, which keep what they are given.

  node scripts/catcher.mjs [--port N] [--home FOLDER] [--webhook URL]

  --port N        port of the HTTP side (/dev/messages, /dev/providers/:channel, the Cloud API); default: a free one
  --home FOLDER   keeps messages in FOLDER/catcher; default: IDXCOOP_HOME, else memory only
  --webhook URL   where message statuses are told, for example http://localhost:3000/v1/webhooks/whatsapp

Prints the environment that the application needs, one NAME=value a line, and runs until Ctrl-C.`;

function usage() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string' },
        home: { type: 'string' },
        webhook: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.port !== undefined && !/^\d{1,5}$/.test(values.port)) throw new Error('--port is a number');
    return values;
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}

const options = usage();
if (options.help) {
  console.log(HELP);
} else {
  const catcher = await startCatcher({
    home: options.home ?? process.env.IDXCOOP_HOME,
    port: options.port ? Number(options.port) : undefined,
    webhookUrl: options.webhook,
    env: process.env,
    log: (line) => console.error(line),
  });
  for (const [name, value] of Object.entries(catcher.env)) console.log(`${name}=${value}`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    catcher.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}
