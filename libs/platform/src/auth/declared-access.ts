import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/internal';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS, type Access } from './access';

/** Where `@ApiBearerAuth()` of @nestjs/swagger leaves its mark. */
const BEARER = 'swagger/apiSecurity';

/** A route as its controller declares it. */
export interface DeclaredRoute {
  /** `KeepOfficialsController.add` */
  name: string;
  method: string;
  /** With parameters as they are written: `/v1/officials/:id`. */
  path: string;
  access: Access | undefined;
  /** Public, but with a token of its own in the bearer: the status token. */
  bearer: boolean;
}

/** Every route of a service, read from what its controllers declare. */
export function routesOf(discovery: DiscoveryService): DeclaredRoute[] {
  return discovery.getControllers().flatMap(({ metatype }) => {
    if (typeof metatype !== 'function') return [];
    const base = [Reflect.getMetadata(PATH_METADATA, metatype) ?? ''].flat()[0] as string;
    return new MetadataScanner().getAllMethodNames(metatype.prototype).flatMap((name): DeclaredRoute[] => {
      const handler = metatype.prototype[name] as object;
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const of = (key: string): unknown => Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, metatype);
      const access = of(ACCESS) as Access | undefined;
      return pathsOf(base, handler).map((path) => ({
        name: `${metatype.name}.${name}`,
        method: RequestMethod[method],
        path,
        access,
        bearer: of(BEARER) !== undefined,
      }));
    });
  });
}

function pathsOf(base: string, handler: object): string[] {
  return [Reflect.getMetadata(PATH_METADATA, handler) ?? '']
    .flat()
    .map((path: string) => `/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'));
}

/** Refuses to start with a route that does not say who may use it, or an internal one outside of `/internal`. */
export function checkDeclaredAccess(discovery: DiscoveryService): void {
  const problems = routesOf(discovery).flatMap(({ name, path, access }) => {
    const route = `${name} (${path})`;
    if (!access) return [`${route} needs one of @Public(), @Roles(…), @ForPartners(…) and @Internal()`];
    const internal = /^\/internal(\/|$)/.test(path);
    if (internal !== (access.kind === 'internal'))
      return [`${route}: @Internal() and a path under /internal go together`];
    return [];
  });
  if (problems.length > 0) throw new Error(`Routes without a clear access rule:\n${problems.join('\n')}`);
}
