import { problem, type Text } from './problem';

export const malformed = problem('malformed', 400, {
  id: 'Permintaan tidak dapat dibaca',
  en: 'The request cannot be read',
});
export const unauthenticated = problem('unauthenticated', 401, { id: 'Anda perlu masuk', en: 'You have to sign in' });
export const forbidden = problem('forbidden', 403, {
  id: 'Anda tidak berwenang',
  en: 'You are not allowed to do this',
});
export const notFound = problem('not_found', 404, { id: 'Tidak ditemukan', en: 'Not found' });
export const methodNotAllowed = problem('method_not_allowed', 405, {
  id: 'Metode ini tidak berlaku di sini',
  en: 'This method does not apply here',
});
export const notAcceptable = problem('not_acceptable', 406, {
  id: 'Bentuk jawaban tidak tersedia',
  en: 'No such form of answer',
});
export const conflict = problem('conflict', 409, {
  id: 'Bertentangan dengan keadaan sekarang',
  en: 'In conflict with the present state',
});
export const idempotencyInProgress = problem('idempotency_in_progress', 409, {
  id: 'Permintaan yang sama masih berjalan',
  en: 'The same request is still running',
});
export const gone = problem('gone', 410, { id: 'Sudah tidak ada', en: 'No longer there' });
export const preconditionFailed = problem('precondition_failed', 412, {
  id: 'Data sudah diubah orang lain',
  en: 'Somebody else has changed it meanwhile',
});
export const tooLarge = problem('too_large', 413, { id: 'Isi permintaan terlalu besar', en: 'The body is too large' });
export const unsupportedMediaType = problem('unsupported_media_type', 415, {
  id: 'Jenis isi tidak didukung',
  en: 'This type of content is not supported',
});
export const invalid = problem('invalid', 422, {
  id: 'Ada isian yang perlu diperbaiki',
  en: 'Something in the request has to be mended',
});
export const unknownField = problem('unknown_field', 422, {
  id: 'Ada isian yang tidak dikenal',
  en: 'There is an unknown field',
});
export const idempotencyKeyReused = problem('idempotency_key_reused', 422, {
  id: 'Kunci ini sudah dipakai untuk permintaan lain',
  en: 'This key was used for another request',
});
export const ifMatchRequired = problem('if_match_required', 428, {
  id: 'Sertakan If-Match dengan ETag yang Anda lihat',
  en: 'Send If-Match with the ETag that you saw',
});
export const rateLimited = problem('rate_limited', 429, {
  id: 'Terlalu sering, coba lagi nanti',
  en: 'Too often, try again later',
});
export const internal = problem('internal', 500, {
  id: 'Terjadi kesalahan di pihak kami',
  en: 'Something went wrong on our side',
});
export const unavailable = problem('unavailable', 503, {
  id: 'Layanan sedang tidak tersedia, coba lagi sebentar lagi',
  en: 'The service is not available now, try again in a moment',
});

/** What is said about a field, by the code of its error; a rule may bring its own texts in its `context`. */
export const FIELD_TEXTS: Readonly<Record<string, Text>> = {
  required: { id: 'wajib diisi', en: 'is required' },
  unknown_field: { id: 'tidak dikenal', en: 'is not known' },
  not_string: { id: 'harus berupa teks', en: 'must be a text' },
  not_number: { id: 'harus berupa angka', en: 'must be a number' },
  not_int: { id: 'harus berupa bilangan bulat', en: 'must be a whole number' },
  not_boolean: { id: 'harus true atau false', en: 'must be true or false' },
  not_array: { id: 'harus berupa daftar', en: 'must be a list' },
  not_object: { id: 'harus berupa objek', en: 'must be an object' },
  not_email: { id: 'bukan alamat surel', en: 'is not an e-mail address' },
  not_url: { id: 'bukan alamat web', en: 'is not a web address' },
  not_uuid: { id: 'bukan pengenal yang sah', en: 'is not a valid identifier' },
  not_date: { id: 'bukan tanggal yang sah', en: 'is not a valid date' },
  not_allowed: { id: 'bukan salah satu pilihan', en: 'is none of the choices' },
  bad_format: { id: 'bentuknya tidak sesuai', en: 'does not have the right form' },
  bad_cursor: { id: 'bukan penanda halaman dari jawaban sebelumnya', en: 'is not a cursor of an earlier answer' },
  too_short: { id: 'terlalu pendek', en: 'is too short' },
  too_long: { id: 'terlalu panjang', en: 'is too long' },
  too_small: { id: 'terlalu kecil', en: 'is too small' },
  too_large: { id: 'terlalu besar', en: 'is too large' },
  too_few: { id: 'terlalu sedikit', en: 'has too few entries' },
  too_many: { id: 'terlalu banyak', en: 'has too many entries' },
  not_unique: { id: 'berisi pengulangan', en: 'has repetitions' },
  invalid: { id: 'tidak sesuai', en: 'is not right' },
};
