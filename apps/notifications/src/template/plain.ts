/**
 * A text that a stranger typed, fit to stand in a message of ours: one line, bounded, and without anything that a mail
 * program would turn into a link, so that nobody can send their address in our name.
 */
export function plain(text: string, limit = 120): string {
  const line = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/[<>{}[\]]/g, '')
    .replace(/\b[a-z][a-z0-9+.-]*:\/+/gi, '')
    .replace(/(\p{L}|\d)\.(?=\p{L}{2,})/gu, '$1. ')
    .trim();
  return line.length > limit ? `${line.slice(0, limit - 1).trimEnd()}…` : line;
}
