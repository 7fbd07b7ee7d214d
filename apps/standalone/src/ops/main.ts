import { Installation, WrongUsage } from '@idxcoop/messaging';
import { ConfigError, describeError, loadConfig } from '@idxcoop/platform';
import { COMMANDS } from './commands';
import { print } from './print';

const DONE = 0;
const NOT_DONE = 1;
const WRONG_USAGE = 2;

async function run(words: string[]): Promise<number> {
  const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((candidate) => COMMANDS.has(candidate));
  const command = name === undefined ? undefined : COMMANDS.get(name);
  if (!name || !command) {
    const group = [...COMMANDS].filter(([key]) => key.startsWith(`${words[0]} `));
    if (words[1] === '--help' && group.length > 0) {
      for (const [key, { usage }] of group) process.stdout.write(`npm run ops -- ${key} ${usage}\n`);
      return DONE;
    }
    process.stderr.write(`There is no such command. There are: ${[...COMMANDS.keys()].join(', ')}.\n`);
    return WRONG_USAGE;
  }
  const rest = words.slice(name.split(' ').length);
  if (rest.includes('--help')) {
    process.stdout.write(`Usage: npm run ops -- ${name} ${command.usage}\n`);
    return DONE;
  }
  const installation = new Installation(loadConfig());
  try {
    const isJson = rest.includes('--json');
    const { result, code = DONE } = await command.run(
      installation,
      rest.filter((word) => word !== '--json'),
    );
    print(result, isJson);
    return code;
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof WrongUsage || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) {
      process.stderr.write(`${message}\nUsage: npm run ops -- ${name} ${command.usage}\n`);
      return WRONG_USAGE;
    }
    process.stderr.write(`${error instanceof ConfigError ? message : (describeError(error).message ?? message)}\n`);
    return NOT_DONE;
  } finally {
    await installation.close();
  }
}

void run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
