import { type IncomingHttpHeaders, type IncomingMessage, type RequestOptions, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

export interface HopAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** There was more than we read. */
  truncated: boolean;
}

interface HopOptions {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  maxBytes?: number;
}

const MAX_BYTES = 65_536;
const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** One request to a URL whose addresses were checked: no name is asked for any more, and no connection is kept. */
export function call(
  target: URL,
  addresses: readonly string[],
  { method = 'GET', headers = {}, body, maxBytes = MAX_BYTES }: HopOptions,
  signal: AbortSignal,
): Promise<HopAnswer> {
  const options: RequestOptions = {
    method,
    agent: false,
    signal,
    headers: {
      'user-agent': 'IDXCOOP (+https://idxcoop.kemenkopukm.go.id)',
      'accept-encoding': 'gzip, br',
      ...headers,
      ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
    },
    lookup: (_name, { all }, done) => {
      const known = addresses.map((address) => ({ address, family: isIP(address) }));
      const [first] = known;
      if (all || !first) done(null, known);
      else done(null, first.address, first.family);
    },
  };
  return new Promise((resolve, reject) => {
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(target, options, (answer) => {
      read(answer, maxBytes).then(resolve, reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function read(answer: IncomingMessage, maxBytes: number): Promise<HopAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // What is unpacked is counted, so that a small answer cannot become a large one.
    for await (const chunk of decoded(answer)) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > maxBytes) break;
    }
  } finally {
    answer.destroy();
  }
  const body = Buffer.concat(chunks).subarray(0, maxBytes);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body, truncated: size > maxBytes };
}

function decoded(answer: IncomingMessage): Readable {
  const decoder = DECODERS[String(answer.headers['content-encoding'] ?? '').toLowerCase()]?.();
  if (!decoder) return answer;
  answer.on('error', (error) => decoder.destroy(error));
  return answer.pipe(decoder);
}
