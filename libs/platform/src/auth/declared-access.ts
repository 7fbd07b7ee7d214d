import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/internal';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS, type Access } from './access';

/** Refuses to start with a route that does not say who may use it, or an internal one outside of `/internal`. */
export function checkDeclaredAccess(discovery: DiscoveryService): void {
  const problems = discovery.getControllers().flatMap(({ metatype }) => {
    if (typeof metatype !== 'function') return [];
    const base = [Reflect.getMetadata(PATH_METADATA, metatype) ?? ''].flat()[0] as string;
    return new MetadataScanner().getAllMethodNames(metatype.prototype).flatMap((name) => {
      const handler = metatype.prototype[name] as object;
      if (Reflect.getMetadata(METHOD_METADATA, handler) === undefined) return [];
      const path = `/${base}/${[Reflect.getMetadata(PATH_METADATA, handler) ?? ''].flat()[0]}`
        .replace(/\/+/g, '/')
        .replace(/(.)\/$/, '$1');
      const access = (Reflect.getMetadata(ACCESS, handler) ?? Reflect.getMetadata(ACCESS, metatype)) as
        | Access
        | undefined;
      const route = `${metatype.name}.${name} (${path})`;
      if (!access) return [`${route} needs one of @Public(), @Roles(…) and @Internal()`];
      const internal = /^\/internal(\/|$)/.test(path);
      if (internal !== (access.kind === 'internal'))
        return [`${route}: @Internal() and a path under /internal go together`];
      return [];
    });
  });
  if (problems.length > 0) throw new Error(`Routes without a clear access rule:\n${problems.join('\n')}`);
}
