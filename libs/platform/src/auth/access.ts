import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Request } from 'express';
import type { PartnerIdentity } from './api-keys';
import type { Caller as CallerOf, UserRole } from './caller';

export const ACCESS = 'idxcoop:access';

/** Who may use a route. */
export type Access =
  | { kind: 'public' }
  | { kind: 'internal' }
  | { kind: 'roles'; roles: readonly UserRole[] }
  | { kind: 'partner'; scope: string };

/** Anybody; a caller who shows a user token is known all the same. */
export const Public = () => SetMetadata(ACCESS, { kind: 'public' } satisfies Access);

/** People with one of these roles; without any named, everybody who is signed in. */
export const Roles = (...roles: UserRole[]) =>
  applyDecorators(SetMetadata(ACCESS, { kind: 'roles', roles } satisfies Access), ApiBearerAuth());

/** Other services only, under `/internal`. */
export const Internal = () => SetMetadata(ACCESS, { kind: 'internal' } satisfies Access);

/** Partners' programmes with an API key of this scope, and nobody else: no token of a person opens it, and a key opens nothing else. */
export const ForPartners = (scope: string) =>
  applyDecorators(SetMetadata(ACCESS, { kind: 'partner', scope } satisfies Access), ApiBearerAuth());

/** A request that the guard has seen. */
export interface AccessRequest extends Request {
  caller?: CallerOf;
  partner?: PartnerIdentity;
}

/** Who asks; the type of a parameter that `@Caller()` fills. */
export type Caller = CallerOf;

/** The caller of a request, undefined on public routes without a token. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<AccessRequest>().caller,
);

/** The partner of a request with an API key. */
export const Partner = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<AccessRequest>().partner,
);
