// The local providers listen on the loopback of their machine; here other containers have to reach them.
import { connect, createServer } from 'node:net';
import { startCatcher } from '../../scripts/catcher/index.mjs';

const catcher = await startCatcher({
  port: 8080,
  webhookUrl: process.env['WEBHOOK_URL'],
  env: process.env,
  log: (line) => process.stderr.write(`${line}\n`),
});
const doors = [door(8090, catcher.url), ...(catcher.env['SMTP_URL'] ? [door(1025, catcher.env['SMTP_URL'])] : [])];

/** @param {number} port @param {string} url */
function door(port, url) {
  const { hostname, port: target } = new URL(url);
  const server = createServer((near) => {
    const far = connect(Number(target), hostname);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  return server.listen(port, '0.0.0.0');
}

process.on('SIGTERM', () => {
  for (const server of doors) server.close();
  void catcher.stop().then(() => process.exit(0));
});
