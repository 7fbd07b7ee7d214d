/** What is said about the rules of a contact. */
export const notMobile = {
  code: 'not_mobile',
  id: 'bukan nomor ponsel yang sah; WhatsApp memerlukan nomor ponsel',
  en: 'is not a valid mobile number; WhatsApp needs a mobile number',
};

export const contactMissing = {
  code: 'email_or_phone_required',
  id: 'sertakan surel atau nomor ponsel',
  en: 'give an e-mail address or a mobile number',
};

export const unknownConsentVersion = {
  code: 'unknown_consent_version',
  id: 'bukan versi teks persetujuan kami',
  en: 'is no version of our consent texts',
};

export const unknownConsentText = {
  code: 'unknown_consent_text',
  id: 'bukan sidik teks persetujuan versi ini',
  en: 'is not the digest of a text of this version',
};

export const consentWithoutService = {
  code: 'service_consent_required',
  id: 'persetujuan untuk layanan diperlukan agar kami dapat menghubungi Anda',
  en: 'consent for the service is needed, or we may not write to you',
};

export const noConsentedAddress = {
  code: 'no_consented_address',
  id: 'tidak ada saluran yang disetujui yang memiliki alamat',
  en: 'none of the consented channels has an address',
};
