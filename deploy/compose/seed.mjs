// What a new installation starts with, through the public doors; does nothing where it is there already.
import { seed } from '../../scripts/seed.mjs';

await seed({
  url: process.env['IDXCOOP_URL'] ?? 'http://edge:3000',
  home: process.env['IDXCOOP_HOME'] ?? '/keys',
  log: (line) => process.stdout.write(`${line}\n`),
});
