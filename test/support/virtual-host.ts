import { eventually } from './eventually';

/** Makes a virtual host of one's own on the broker, and says its URL. */
export async function createVirtualHost(management: string, amqpUrl: string, name: string): Promise<string> {
  const { username, password } = new URL(amqpUrl);
  await ask(management, 'PUT', `/api/vhosts/${name}`, {});
  await ask(management, 'PUT', `/api/permissions/${name}/${username || 'guest'}`, {
    configure: '.*',
    write: '.*',
    read: '.*',
  });
  const url = new URL(amqpUrl);
  url.username = username || 'guest';
  url.password = password || 'guest';
  url.pathname = `/${name}`;
  return url.toString();
}

/** Removes a virtual host with everything in it. */
export async function deleteVirtualHost(management: string, name: string): Promise<void> {
  await ask(management, 'DELETE', `/api/vhosts/${name}`);
}

/** Asks the management API of the broker; its credentials are those of the URL. */
export async function ask(management: string, method: string, path: string, body?: object): Promise<unknown> {
  const url = new URL(management);
  const authorization = `Basic ${Buffer.from(`${url.username || 'guest'}:${url.password || 'guest'}`).toString('base64')}`;
  return eventually(async () => {
    const response = await fetch(new URL(path, url.origin), {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? (JSON.parse(text) as unknown) : undefined;
  });
}
