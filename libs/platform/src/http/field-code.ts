const CODES: Readonly<Record<string, string>> = {
  whitelistValidation: 'unknown_field',
  isDefined: 'required',
  isNotEmpty: 'required',
  isNotEmptyObject: 'required',
  isIn: 'not_allowed',
  isEnum: 'not_allowed',
  equals: 'not_allowed',
  matches: 'bad_format',
  minLength: 'too_short',
  maxLength: 'too_long',
  isLength: 'bad_length',
  min: 'too_small',
  max: 'too_large',
  arrayMinSize: 'too_few',
  arrayNotEmpty: 'too_few',
  arrayMaxSize: 'too_many',
  arrayUnique: 'not_unique',
  nestedValidation: 'not_object',
  isUrl: 'not_url',
  isIso8601: 'not_date',
  isRfc3339: 'not_date',
  isDateString: 'not_date',
  isNumberString: 'not_number',
  unknownValue: 'not_object',
};

/** The stable code of a violated rule: from our list, else `isMobilePhone` gives `not_mobile_phone`. */
export function fieldCode(rule: string): string {
  const known = CODES[rule];
  if (known) return known;
  const snake = rule.replace(/[A-Z]+/g, (capitals) => `_${capitals.toLowerCase()}`);
  return snake.startsWith('is_') ? `not_${snake.slice(3)}` : snake;
}
