import type { ReasonCode } from '@idxcoop/contracts';
import type { Text } from '@idxcoop/platform';

/** What each reason code means; officers choose from these, and may use another stable code. */
export const REASON_TEXTS: Readonly<Record<ReasonCode, Text>> = {
  missing: { id: 'Belum ada', en: 'Missing' },
  incomplete: { id: 'Belum lengkap', en: 'Not complete' },
  unreadable: { id: 'Tidak terbaca', en: 'Cannot be read' },
  expired: { id: 'Sudah tidak berlaku', en: 'No longer valid' },
  not_found: { id: 'Tidak ditemukan', en: 'Not found' },
  mismatch: { id: 'Tidak sama dengan data resmi', en: 'Differs from the official record' },
  not_eligible: { id: 'Belum memenuhi syarat', en: 'Does not meet the conditions yet' },
  suspected_false: { id: 'Keabsahan perlu dibuktikan', en: 'Its authenticity has to be proved' },
  other: { id: 'Perlu diperbaiki', en: 'Needs to be mended' },
};
