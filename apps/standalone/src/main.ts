import { loadConfig, runProgram } from '@idxcoop/platform';
import { startStandalone } from './standalone';

void runProgram(async () => {
  const config = loadConfig();
  const standalone = await startStandalone(config);
  return { close: () => standalone.close(), deadline: config.shutdownDeadline };
});
