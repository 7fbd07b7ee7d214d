import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * The E.164 form of a mobile number, or null. Indonesia is assumed where no country is written; `00` is the old way to
 * write `+`. WhatsApp reaches mobile numbers only, so a valid land line or service number is refused as well.
 */
export function mobileNumber(written: string): string | null {
  const international = written.trim().replace(/^\(?00/, '+');
  const phone = parsePhoneNumberFromString(international, 'ID');
  return phone?.isValid() && phone.getType() === 'MOBILE' ? phone.number : null;
}
