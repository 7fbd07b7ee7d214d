/**
 * Local providers in the place of channels that have no address; nothing may pretend to deliver in production.
 * @param {string} home
 * @param {string} url of the application
 * @param {{ env?: NodeJS.ProcessEnv, log?: (line: string) => void }} [options]
 */
export async function startLocalChannels(home, url, { env = process.env, log } = {}) {
  if (env['NODE_ENV'] === 'production') return undefined;
  // Only now: it uses packages, and they were not there when this program began.
  const { startCatcher } = await import('./catcher/index.mjs');
  return startCatcher({ home, log, env, webhookUrl: `${url}/v1/webhooks/whatsapp` });
}
