import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { forbidden, unauthenticated } from '../http/problems.templates';
import { ACCESS, type Access, type AccessRequest } from './access';
import type { ApiKeyReader } from './api-keys';
import { Tokens } from './tokens';

/** Lets through whom the route names: default deny. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Tokens) private readonly tokens: Tokens,
    private readonly apiKeys?: ApiKeyReader,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const access = this.reflector.getAllAndOverride<Access>(ACCESS, [context.getHandler(), context.getClass()]);
    const request = context.switchToHttp().getRequest<AccessRequest>();
    const token = bearer(request.headers.authorization);
    switch (access?.kind) {
      case 'public':
        if (token && token.split('.').length === 3) request.caller = (await this.tokens.readUser(token)) ?? undefined;
        return true;
      case 'internal':
        if (!token || !(await this.tokens.readService(token))) throw unauthenticated();
        return true;
      case 'roles': {
        const caller = token ? await this.tokens.readUser(token) : null;
        if (!caller) throw unauthenticated();
        if (access.roles.length > 0 && !caller.has(...access.roles)) throw forbidden();
        request.caller = caller;
        return true;
      }
      case 'partner': {
        const partner = token ? await this.apiKeys?.read(token) : null;
        if (!partner) throw unauthenticated();
        if (!partner.scopes.includes(access.scope)) throw forbidden();
        request.partner = partner;
        return true;
      }
      default:
        throw forbidden();
    }
  }
}

/** The token of an `Authorization: Bearer …` header. */
export function bearer(header: string | undefined): string | undefined {
  return /^Bearer\s+(\S+)\s*$/i.exec(header ?? '')?.[1];
}
