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
