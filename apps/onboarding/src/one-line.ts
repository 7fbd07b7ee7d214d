/** A text on one line: line breaks, tabs and runs of spaces are one space, and none is left at the ends. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * Whether a text has characters that cannot be seen and change what is: C0 and C1 controls, and those that turn the
 * direction of writing around.
 */
export function hasControls(text: string): boolean {
  return /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text);
}
