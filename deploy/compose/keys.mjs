// The keys of this installation, made once: for commands that issue tokens as keys.json, for the services as an env file, and for the one
// process that lets people in as a second one.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applicationKeys, signInKey } from '../../scripts/keys.mjs';

const folder = process.argv[2] ?? '/keys';
for (const [file, keys] of Object.entries({ 'keys.env': applicationKeys(folder), 'sign-in.env': signInKey(folder) })) {
  const lines = Object.entries(keys).map(([name, value]) => `${name}='${value}'\n`);
  writeFileSync(join(folder, file), lines.join(''), { mode: 0o600 });
}
