import { ConfigError, loadConfig } from './config';
import { describeError } from './describe-error';
import { Log } from './log';
import { createService, type ServiceModule } from './service';

/** How long closing may take beyond the deadline for work that runs. */
const GRACE = 10_000;

/** The whole of a service's `main.ts`: configuration, start, and an end by signal with exit code 0. */
export async function bootstrap(module: ServiceModule): Promise<void> {
  await runProgram(async () => {
    const config = loadConfig();
    const log = new Log(config.logLevel, { service: module.service });
    const service = await createService(module, { config, listen: true });
    log.info({ at: service.url, roles: [...config.roles] }, 'listening');
    service.started.then(
      () => log.info({}, 'started'),
      (error) => failed(error),
    );
    return { close: () => service.close(), deadline: config.shutdownDeadline };
  });
}

/** Runs a program until a signal: what is wrong with its configuration or start is said in one go, and ends it with 1. */
export async function runProgram(
  start: () => Promise<{ close: () => Promise<void>; deadline: number }>,
): Promise<void> {
  process.on('unhandledRejection', failed);
  process.on('uncaughtException', failed);
  try {
    endOnSignal(await start());
  } catch (error) {
    failed(error);
  }
}

function endOnSignal({ close, deadline }: { close: () => Promise<void>; deadline: number }): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => failed(new Error('Closing took too long')), deadline + GRACE).unref();
    close().then(() => process.exit(0), failed);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

function failed(error: unknown): never {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else new Log('info').fatal({ err: error, reason: describeError(error).message }, 'the process ends');
  process.exit(1);
}
