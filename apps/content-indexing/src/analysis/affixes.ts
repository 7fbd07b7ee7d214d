const VOWEL = /^[aeiou]/;

/** One way of taking a prefix off: what is left, and the family that decides which suffixes may go with it. */
export interface Stripped {
  rest: string;
  family: 'be' | 'di' | 'ke' | 'me' | 'pe' | 'se' | 'te';
}

/** The nasal prefixes meN- and peN- change the first sound of the root; each reading that is possible is given. */
function nasal(word: string, family: 'me' | 'pe'): Stripped[] {
  if (!word.startsWith(family)) return [];
  const tail = word.slice(2);
  const readings: string[] = [];
  if (tail.startsWith('nge')) readings.push(tail.slice(3));
  if (tail.startsWith('ng')) {
    readings.push(tail.slice(2));
    if (VOWEL.test(tail.slice(2))) readings.push(`k${tail.slice(2)}`);
  }
  if (tail.startsWith('ny')) readings.push(`s${tail.slice(2)}`);
  if (tail.startsWith('n')) {
    readings.push(tail.slice(1));
    if (VOWEL.test(tail.slice(1))) readings.push(`t${tail.slice(1)}`);
  }
  if (tail.startsWith('m')) {
    readings.push(tail.slice(1));
    if (VOWEL.test(tail.slice(1))) readings.push(`p${tail.slice(1)}`);
  }
  if (/^[lmnrwy]/.test(tail) || family === 'pe') readings.push(tail);
  return readings.map((rest) => ({ rest, family }));
}

/** Every way of taking one prefix off the word. Wrong readings do no harm: they end in no root. */
export function withoutPrefix(word: string): Stripped[] {
  const found: Stripped[] = [...nasal(word, 'me'), ...nasal(word, 'pe')];
  const plain = (prefix: string, family: Stripped['family']): void => {
    if (word.startsWith(prefix)) found.push({ rest: word.slice(prefix.length), family });
  };
  plain('ber', 'be');
  plain('bel', 'be');
  plain('be', 'be');
  plain('per', 'pe');
  plain('pel', 'pe');
  plain('ter', 'te');
  plain('te', 'te');
  plain('di', 'di');
  plain('ke', 'ke');
  plain('se', 'se');
  return found;
}

/** One way of taking the ending off. */
export interface Cut {
  rest: string;
  suffix: '' | 'an' | 'i' | 'isasi' | 'kan';
  steps: number;
}

function derived(word: string, steps: number): Cut[] {
  const cuts: Cut[] = [];
  for (const suffix of ['kan', 'an', 'i', 'isasi'] as const) {
    if (word.endsWith(suffix) && word.length - suffix.length >= 3) {
      cuts.push({ rest: word.slice(0, -suffix.length), suffix, steps: steps + 1 });
    }
  }
  // The whole word comes last: of two plain readings the one with an ending is right more often (beri-kan, not ber-ikan).
  return [...cuts, { rest: word, suffix: '', steps }];
}

/** Every way of taking particles (-lah, -kah, -pun), possessives (-nya, -ku, -mu) and one derivational suffix off. */
export function withoutEnding(word: string): Cut[] {
  const bases: [string, number][] = [[word, 0]];
  const strip = (base: string, steps: number, endings: string[]): void => {
    for (const ending of endings) {
      if (base.endsWith(ending) && base.length - ending.length >= 3)
        bases.push([base.slice(0, -ending.length), steps + 1]);
    }
  };
  strip(word, 0, ['lah', 'kah', 'tah', 'pun']);
  for (const [base, steps] of [...bases]) strip(base, steps, ['nya', 'ku', 'mu']);
  return bases.flatMap(([base, steps]) => derived(base, steps));
}

const FORBIDDEN: Readonly<Record<Stripped['family'], readonly string[]>> = {
  be: ['i'],
  di: ['an'],
  ke: ['i', 'kan'],
  me: ['an'],
  pe: [],
  se: ['i', 'kan'],
  te: ['an'],
};

/** Indonesian has no word of this prefix and this suffix together (Nazief and Adriani's table, in our words). */
export function goTogether(family: Stripped['family'], suffix: Cut['suffix']): boolean {
  return !FORBIDDEN[family].includes(suffix);
}
