import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeLibrary {
  readonly url: string;
  /** Titles of published items by id; what is missing was withdrawn. */
  readonly titles: Map<string, string>;
  close(): Promise<void>;
}

/** Plays content-indexing across the wire, where notifications asks it for an item. */
export async function startFakeLibrary(): Promise<FakeLibrary> {
  const titles = new Map<string, string>();
  const server = createServer((request, response) => {
    const id = /^\/v1\/library\/items\/([^/?]+)$/.exec(request.url ?? '')?.[1] ?? '';
    const title = titles.get(id);
    response.writeHead(title ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(title ? { id, state: 'published', title } : { code: 'not_found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    titles,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
