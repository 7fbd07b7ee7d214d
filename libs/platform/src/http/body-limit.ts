import { applyDecorators, SetMetadata } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/internal';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json, raw } from 'express';
import type { IncomingMessage } from 'node:http';
import { Accepts } from './media-type.guard';

const BODY_LIMIT = 'idxcoop:body-limit';

/** JSON as we take it. */
export const JSON_TYPES = ['application/json', 'application/*+json'];

interface OwnLimit {
  limit: number;
  /** Types that are not read but given as they are. */
  raw?: string[];
}

const limited = (own: OwnLimit) => SetMetadata(BODY_LIMIT, own);

/** The largest JSON body of a route in bytes, where it must take larger ones than all others (`BODY_LIMIT`). */
export const BodyLimit = (limit: number) => limited({ limit });

/** A route whose body is bytes of these types and no JSON, up to a limit; the handler finds them in `rawBody`. */
export const RawBody = (limit: number, ...types: string[]) =>
  applyDecorators(limited({ limit, raw: types }), Accepts(...types));

/** Reads the bodies of routes with a limit of their own; the parser for all others then finds them read. */
export function readLargeBodies(app: NestExpressApplication): void {
  const scanner = new MetadataScanner();
  for (const { metatype } of app.get(DiscoveryService).getControllers()) {
    if (typeof metatype !== 'function') continue;
    for (const name of scanner.getAllMethodNames(metatype.prototype)) {
      const handler = metatype.prototype[name] as object;
      const own = Reflect.getMetadata(BODY_LIMIT, handler) as OwnLimit | undefined;
      if (!own) continue;
      const options = { limit: own.limit, type: own.raw ?? JSON_TYPES, verify: keepRaw };
      for (const path of pathsOf(metatype, handler)) app.use(path, own.raw ? raw(options) : json(options));
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
