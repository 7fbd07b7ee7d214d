import { SetMetadata } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/internal';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json } from 'express';
import type { IncomingMessage } from 'node:http';

const BODY_LIMIT = 'idxcoop:body-limit';

/** JSON as we take it. */
export const JSON_TYPES = ['application/json', 'application/*+json'];

/** The largest JSON body of a route in bytes, where it must take larger ones than all others (`BODY_LIMIT`). */
export const BodyLimit = (bytes: number) => SetMetadata(BODY_LIMIT, bytes);

/** Reads the bodies of routes with a limit of their own; the parser for all others then finds them read. */
export function readLargeBodies(app: NestExpressApplication): void {
  const scanner = new MetadataScanner();
  for (const { metatype } of app.get(DiscoveryService).getControllers()) {
    if (typeof metatype !== 'function') continue;
    for (const name of scanner.getAllMethodNames(metatype.prototype)) {
      const handler = metatype.prototype[name] as object;
      const limit = Reflect.getMetadata(BODY_LIMIT, handler) as number | undefined;
      if (limit === undefined) continue;
      for (const path of pathsOf(metatype, handler)) app.use(path, json({ limit, type: JSON_TYPES, verify: keepRaw }));
    }
  }
}

function pathsOf(controller: object, handler: object): string[] {
  const [bases, ends] = [controller, handler].map(
    (target) => [Reflect.getMetadata(PATH_METADATA, target) ?? ''].flat() as string[],
  ) as [string[], string[]];
  return bases.flatMap((base) => ends.map((end) => `/${base}/${end}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1')));
}

/** Signatures are over the very bytes; Nest's own parsers keep them in the same place. */
function keepRaw(request: IncomingMessage & { rawBody?: Buffer }, _response: unknown, bytes: Buffer): void {
  request.rawBody = bytes;
}
