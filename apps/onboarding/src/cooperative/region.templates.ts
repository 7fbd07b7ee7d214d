import { problem } from '@idxcoop/platform';

const unknownRegion = problem('unknown_region', 422, {
  id: 'Kode wilayah tidak dikenal',
  en: 'The region code is not known',
});

/** Refuses a code that is none of the ministry's. */
export function refuseUnknownRegion(pointer: string): never {
  throw unknownRegion({
    errors: [
      {
        pointer,
        code: 'unknown_region',
        message: {
          id: 'bukan kode wilayah Kemendagri yang berlaku',
          en: 'is not a region code of the Ministry of Home Affairs',
        },
      },
    ],
  });
}
