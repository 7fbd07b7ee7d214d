import type { CooperativeType, ReadinessDimension } from '@idxcoop/contracts';
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

const DIMENSIONS: Readonly<Record<ReadinessDimension, Text>> = {
  governance: { id: 'Tata kelola dan RAT', en: 'Governance and annual meeting' },
  records: { id: 'Pencatatan dan akuntansi', en: 'Records and accounting' },
  people: { id: 'Orang dan keterampilan', en: 'People and skills' },
  connectivity: { id: 'Jaringan dan perangkat', en: 'Connectivity and devices' },
  member_services: { id: 'Layanan digital bagi anggota', en: 'Digital service to members' },
  market_finance: { id: 'Pasar dan pembiayaan', en: 'Market and finance' },
};

/** Why an item is recommended: the assessment of the cooperative found a gap there. */
export function forGap(dimension: ReadinessDimension): Text {
  const { id, en } = DIMENSIONS[dimension];
  return { id: `Menurut penilaian kesiapan Anda: ${id}`, en: `By your readiness assessment: ${en}` };
}
