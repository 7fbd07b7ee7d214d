export type Json = Record<string, unknown>;

/** The objects of a list, whatever else is given; a webhook call is a stranger's. */
export const list = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter((item) => item && typeof item === 'object') : [];

export const object = (value: unknown): Json => (value && typeof value === 'object' ? (value as Json) : {});

export const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

/** An instant of Meta's: seconds since 1970, as a number or in a text. */
export function instant(value: unknown): Date | undefined {
  const seconds = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isFinite(seconds) && Math.abs(seconds) < 1e11 ? new Date(seconds * 1000) : undefined;
}

/** What has changed, by field, and when Meta says that it did. */
export interface Change {
  field?: string;
  value: Json;
  at?: Date;
}

/** The changes in a webhook call of Meta. */
export function changesOf(body: unknown): Change[] {
  return list(object(body).entry).flatMap((entry) =>
    list(entry.changes).map(({ field, value }) => ({
      field: text(field),
      value: object(value),
      at: instant(entry.time),
    })),
  );
}
