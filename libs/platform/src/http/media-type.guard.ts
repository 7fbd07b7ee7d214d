import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { unsupportedMediaType } from './problems.templates';

const ACCEPTS = 'idxcoop:accepts';
const DEFAULT = ['application/json', 'application/*+json'];

/** The content types of a route's body, where it takes others than JSON: forms and files. */
export const Accepts = (...types: string[]) => SetMetadata(ACCEPTS, types);

/** Refuses a body of a content type that the route does not take with 415. */
@Injectable()
export class MediaTypeGuard implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const { headers } = request;
    const empty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
    if (empty) return true;
    const types = this.reflector.get<string[]>(ACCEPTS, context.getHandler()) ?? DEFAULT;
    if (!request.is(types)) throw unsupportedMediaType({ headers: { Accept: types.join(', ') } });
    return true;
  }
}
