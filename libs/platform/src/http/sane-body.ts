import type { NextFunction, Request, Response } from 'express';
import { malformed } from './problems.templates';

/** No body of ours is deeper; recursion over one of thousands of levels would end in a stack overflow. */
const DEEPEST = 32;

/** Refuses bodies that are JSON and yet made to harm: endless nesting, and members that would become a prototype. */
export function saneBody(request: Request, _response: Response, next: NextFunction): void {
  if (Buffer.isBuffer(request.body)) return next();
  let level: unknown[] = [request.body];
  for (let depth = 0; level.length > 0; depth += 1) {
    const objects = level.filter((value): value is object => typeof value === 'object' && value !== null);
    if (depth > DEEPEST || objects.some((value) => Object.hasOwn(value, '__proto__'))) return next(malformed());
    level = objects.flatMap((value) => Object.values(value));
  }
  next();
}
