import { ifMatchRequired, preconditionFailed } from './problems.templates';

/** The strong ETag of a version of a resource. */
export function etag(version: number | string): string {
  return `"${version}"`;
}

/** Refuses a change of something other than what the caller saw: 428 without `If-Match`, 412 where it names another version. */
export function requireMatch(ifMatch: string | undefined, version: number | string): void {
  if (!ifMatch?.trim()) throw ifMatchRequired();
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (!tags.includes('*') && !tags.includes(etag(version))) throw preconditionFailed();
}
