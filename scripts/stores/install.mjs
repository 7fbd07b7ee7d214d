import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, findBinary } from './binaries.mjs';
import { run } from './command.mjs';
import { takeLock } from './lock.mjs';

/**
 * @typedef {object} Requirement
 * @property {string} product
 * @property {string} package the Debian package
 * @property {string} variable the environment variable that makes it unnecessary
 * @property {string[]} units services that the package would run by itself
 * @property {() => boolean} isThere
 */

/** @typedef {{ log: (line: string) => void, signal?: AbortSignal }} Surroundings */

/**
 * @param {Requirement[]} requirements
 * @param {Surroundings} surroundings
 */
export async function ensureInstalled(requirements, { log, signal }) {
  if (requirements.every(({ isThere }) => isThere())) return;
  const home = cacheFolder();
  const lock = await takeLock(join(home, 'locks', 'packages'), {
    wait: true,
    onWait: (pid) => log(`  packages: pid ${pid} installs, waiting for it`),
    signal,
  });
  try {
    const missing = requirements.filter(({ isThere }) => !isThere());
    if (missing.length === 0) return;
    const begun = Date.now();
    await install(missing, home, { log, signal });
    const seconds = ((Date.now() - begun) / 1000).toFixed(1).padStart(6);
    log(`✓ ${'packages'.padEnd(14)}${seconds} s   ${missing.map((requirement) => requirement.package).join(', ')}`);
  } finally {
    lock.release();
  }
}

/** @param {Requirement[]} missing @param {string} home @param {Surroundings} surroundings */
async function install(missing, home, { log, signal }) {
  if (!isDebian() || process.getuid?.() !== 0) throw new Error(advice(missing));
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  /** @param {string} name @param {string} command @param {string[]} args */
  const step = (name, command, args) =>
    run({ home, name, command, args, env, cwd: '/', log, stoppable: false, signal });
  const apt = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
  const names = missing.map((requirement) => requirement.package);
  if (existsSync('/var/lib/dpkg/updates') && readdirSync('/var/lib/dpkg/updates').length > 0)
    await step('packages', 'dpkg', ['--configure', '-a']);
  // Without fresh lists a new machine finds no package or old ones; with lists and no network the installation may still succeed.
  await step('packages', 'apt-get', [...apt, 'update']).catch((error) => {
    signal?.throwIfAborted();
    log(`  packages: the lists were not renewed (${String(error.message).split('\n').at(-1)})`);
  });
  await step('packages', 'apt-get', [...apt, 'install', '-y', '--no-install-recommends', ...names]);
  await silence(
    missing.flatMap(({ units }) => units),
    step,
  );
}

/**
 * The package's own service is switched off: only an installation of ours comes here, so nobody else relies on it.
 * @param {string[]} units
 * @param {(name: string, command: string, args: string[]) => Promise<void>} step
 */
async function silence(units, step) {
  const systemd = existsSync('/run/systemd/system');
  for (const unit of units) {
    if (findBinary('systemctl'))
      await step('packages', 'systemctl', systemd ? ['disable', '--now', unit] : ['disable', unit]).catch(
        () => undefined,
      );
    if (!systemd && existsSync(`/etc/init.d/${unit}`)) {
      await step('packages', 'service', [unit, 'stop']).catch(() => undefined);
      await step('packages', 'update-rc.d', [unit, 'disable']).catch(() => undefined);
    }
  }
}

const isDebian = () => existsSync('/etc/debian_version') && findBinary('apt-get') !== undefined;

/** @param {Requirement[]} missing */
function advice(missing) {
  const products = missing.map(({ product }) => product).join(' and ');
  const packages = missing.map((requirement) => requirement.package).join(' ');
  const variables = missing.map(({ variable }) => variable).join(', ');
  const way = isDebian() ? `run "sudo apt-get install ${packages}"` : `install your system's packages (${packages})`;
  return `${products} not found: ${way}, or set ${variables} to what runs elsewhere, or use "docker compose up".`;
}
