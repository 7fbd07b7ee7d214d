import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Caller as CallerOf, UserRole } from './caller';

export const ACCESS = 'idxcoop:access';

/** Who may use a route. */
export type Access = { kind: 'public' } | { kind: 'internal' } | { kind: 'roles'; roles: readonly UserRole[] };

/** Anybody; a caller who shows a user token is known all the same. */
export const Public = () => SetMetadata(ACCESS, { kind: 'public' } satisfies Access);

/** People with one of these roles; without any named, everybody who is signed in. */
export const Roles = (...roles: UserRole[]) =>
  applyDecorators(SetMetadata(ACCESS, { kind: 'roles', roles } satisfies Access), ApiBearerAuth());

/** Other services only, under `/internal`. */
export const Internal = () => SetMetadata(ACCESS, { kind: 'internal' } satisfies Access);

/** A request that the guard has seen. */
export interface AccessRequest extends Request {
  caller?: CallerOf;
}

/** Who asks; the type of a parameter that `@Caller()` fills. */
export type Caller = CallerOf;

/** The caller of a request, undefined on public routes without a token. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<AccessRequest>().caller,
);
