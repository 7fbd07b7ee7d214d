import type { Text } from '@idxcoop/platform';

/** The metadata card of an indicator: what a published figure means. */
export interface IndicatorCard {
  key: string;
  version: number;
  name: Text;
  definition: Text;
  formula: Text;
  unit: string;
  source: Text;
}

export const COOPERATIVES_JOINED: IndicatorCard = {
  key: 'cooperatives_joined',
  version: 1,
  name: { id: 'Koperasi yang bergabung', en: 'Cooperatives that joined' },
  definition: {
    id: 'Koperasi yang menyatakan siap atau telah terverifikasi (mana yang lebih dahulu), sampai mundur, ditolak, kedaluwarsa, dibubarkan, digabung, atau diputuskan sebagai data ganda.',
    en: 'Cooperatives that declared themselves ready or were verified, whichever came first, until they withdraw, are rejected, lapse, are dissolved, merge or are found to be duplicates.',
  },
  formula: {
    id: 'Jumlah koperasi berbeda yang memenuhi definisi pada penutupan hari.',
    en: 'The number of distinct cooperatives that meet the definition at the close of the day.',
  },
  unit: 'cooperatives',
  source: { id: 'Fakta pendaftaran dan verifikasi IDXCOOP', en: 'Facts of registration and verification in IDXCOOP' },
};
