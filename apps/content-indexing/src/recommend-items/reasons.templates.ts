import type { CooperativeType } from '@idxcoop/contracts';
import type { Text } from '@idxcoop/platform';

const TYPES: Readonly<Record<CooperativeType, Text>> = {
  consumer: { id: 'konsumen', en: 'consumer' },
  producer: { id: 'produsen', en: 'producer' },
  savings_loan: { id: 'simpan pinjam', en: 'savings and loan' },
  marketing: { id: 'pemasaran', en: 'marketing' },
  service: { id: 'jasa', en: 'service' },
};

/** Why an item is recommended: it is about this type of cooperative. */
export function forType(type: CooperativeType): Text {
  const name = TYPES[type];
  return { id: `Banyak dibutuhkan koperasi ${name.id}`, en: `Useful to ${name.en} cooperatives` };
}

/** Why an item is recommended where nothing fits the type better. */
export const FOR_EVERYBODY: Text = { id: 'Berguna bagi setiap koperasi', en: 'Useful to every cooperative' };
