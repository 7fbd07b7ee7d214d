/** What a person wants who writes to us; a machine reads it, so there are few words. */
export type Word = 'stop' | 'start' | 'status' | 'help';

/** As people write it: Indonesian, the English of other services, and how it comes from a quick thumb. */
const STOP = words('berhenti berenti brenti brhenti berhanti henti hentikan setop stop unsubscribe unreg unsub');
const START = words('mulai mulaikan start');
const STATUS = words('status setatus sttus');

/** In a longer text a word is a word among others, unless it stands at its beginning or end. */
const FEW = 6;

/**
 * The word in a text; what holds none of the others asks for help. To stop wins over everything, since who is written to against their will
 * is worse off than who has to write MULAI; and only who writes hardly anything else starts anew.
 */
export function readWord(text: string): Word {
  const all = tokens(text);
  const asked = all.length <= FEW ? all : [all[0], all.at(-1)].filter((word) => word !== undefined);
  if (asked.some((word) => STOP.has(word))) return 'stop';
  if (all.length <= 3 && START.has(all[0] ?? '')) return 'start';
  return asked.some((word) => STATUS.has(word)) ? 'status' : 'help';
}

/** Letters in lower case, each once in a row (`STOOOP!!`), and a word that is spelt out (`S T O P`) as one. */
function tokens(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase();
  const found = plain.match(/\p{L}+/gu) ?? [];
  const spelt = found.length > 2 && found.every((letter) => letter.length === 1);
  return (spelt ? [found.join('')] : found).map(squeeze);
}

function squeeze(word: string): string {
  return word.replace(/(.)\1+/gu, '$1');
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' ').map(squeeze));
}
