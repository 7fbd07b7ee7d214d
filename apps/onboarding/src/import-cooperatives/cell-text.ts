const DAY_MS = 86_400_000;
/** Day 0 of spreadsheets; they count 29 February 1900, which was none, so earlier days than March 1900 are one off. */
const DAY_0 = Date.UTC(1899, 11, 30);
const DAYS_OF_1904 = 1_462;
const LAST_DAY = 2_958_465;

/** Built-in formats that show a date: 14–22, and 27–36 and 50–58 of East Asian versions. */
export function isDateFormat(id: number, own: ReadonlyMap<number, string>): boolean {
  const code = own.get(id);
  if (code === undefined) return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  // Texts, colours and escaped letters of a format are not its letters.
  const letters = code.toLowerCase().replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '');
  return letters !== 'general' && /[ymdhs]/.test(letters);
}

/** What stands in a cell as a text: days as days, numbers with all their digits and no exponent. */
export function cellText(value: string, kind: string, isDate: boolean, is1904: boolean): string {
  if (kind === 'e') return '';
  if (kind === 'd') return value.replace(/T00:00:00(\.0+)?Z?$/, '');
  if (kind !== 'n' || value.trim() === '') return value;
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (isDate && number >= 1 && number <= LAST_DAY) return dateText(number + (is1904 ? DAYS_OF_1904 : 0));
  // 12.71 may be kept as 12.710000000000001.
  if (Number.isSafeInteger(number)) return number.toFixed(0);
  return String(Number(number.toPrecision(15)));
}

/** The hours of a spreadsheet are those of the programme. */
function dateText(days: number): string {
  const text = new Date(DAY_0 + Math.round((days * DAY_MS) / 1_000) * 1_000).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 19)}+07:00`;
}
