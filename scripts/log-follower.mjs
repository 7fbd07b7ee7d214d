import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { say } from './progress.mjs';

const LOOK_EVERY = 250;
const LARGEST_READ = 1024 * 1024;

/**
 * Passes on to the terminal what a person should see of a log that something else writes: warnings, errors, and lines that are no
 * log at all (a crash). The program writes to the file itself, so it lives on when we are killed.
 * @param {string} file
 * @returns {() => void} ends it, after a last look
 */
export function followLog(file) {
  let position = existsSync(file) ? statSync(file).size : 0;
  let rest = '';
  const look = () => {
    if (!existsSync(file)) return;
    const { size } = statSync(file);
    if (size < position) position = 0;
    const buffer = Buffer.alloc(Math.min(size - position, LARGEST_READ));
    if (buffer.length === 0) return;
    const descriptor = openSync(file, 'r');
    position += readSync(descriptor, buffer, 0, buffer.length, position);
    closeSync(descriptor);
    const lines = (rest + buffer.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter(isForPeople)) say(forPeople(line));
  };
  const timer = setInterval(look, LOOK_EVERY);
  timer.unref();
  return () => {
    clearInterval(timer);
    look();
    if (isForPeople(rest)) say(forPeople(rest));
  };
}

/** @param {string} line */
const isForPeople = (line) => line !== '' && !/^\{"level":"(trace|debug|info)"/.test(line);

/** @param {string} line @returns {string} what a line of the log says, without what only machines read */
function forPeople(line) {
  try {
    const { level, service, msg, reason, err } = JSON.parse(line);
    return ['  !', level, service, '·', msg, reason ?? err?.message ?? err?.class].filter(Boolean).join(' ');
  } catch {
    return line;
  }
}
