// The keys of this installation, made once: for commands that issue tokens as keys.json, for the services as an env file.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applicationKeys } from '../../scripts/keys.mjs';

const folder = process.argv[2] ?? '/keys';
const lines = Object.entries(applicationKeys(folder)).map(([name, value]) => `${name}='${value}'\n`);
writeFileSync(join(folder, 'keys.env'), lines.join(''), { mode: 0o600 });
