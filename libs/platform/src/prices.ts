import { registerDecorator } from 'class-validator';

/** What WhatsApp charges for by kind; a service answer is one to who wrote within the last day. */
export const PRICED = ['authentication', 'utility', 'marketing', 'service'] as const;
export type Priced = (typeof PRICED)[number];
export type Prices = Readonly<Record<Priced, number>>;

/** Prices by category, 0 where nothing is said; what cannot be read is NaN, so that validation names it. */
export function parsePrices(text: string | undefined): Prices {
  const of = (given: Record<string, unknown>): Prices => ({
    authentication: price(given.authentication),
    utility: price(given.utility),
    marketing: price(given.marketing),
    service: price(given.service),
  });
  if (text === undefined) return of({});
  try {
    const given = JSON.parse(text) as Record<string, unknown>;
    const isKnown = text.trim().startsWith('{') && Object.keys(given).every((name) => PRICED.includes(name as Priced));
    return isKnown ? of(given) : of({ authentication: 'unknown' });
  } catch {
    return of({ authentication: 'unreadable' });
  }
}

function price(given: unknown): number {
  if (given === undefined) return 0;
  return typeof given === 'number' ? given : Number.NaN;
}

/** Rupiah by category, none below zero. */
export function IsPrices(options: object): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name: 'isPrices',
      target: target.constructor,
      propertyName: String(property),
      options,
      validator: { validate: (value: Prices) => Object.values(value ?? {}).every((one) => one >= 0) },
    });
}
