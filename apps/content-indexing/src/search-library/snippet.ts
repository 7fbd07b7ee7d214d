import type { Term, TermReader } from '../analysis/terms';

const WORDS = 28;
const LEAD = 6;

interface Span {
  /** The word that it begins with. */
  at: number;
  start: number;
  end: number;
  token: string;
}

/** The part of a text that meets most of the query, as HTML: everything escaped, what was met in `<mark>`. */
export function snippet(text: string, terms: readonly Term[], tokens: ReadonlySet<string>, reader: TermReader): string {
  const spans: Span[] = [];
  terms.forEach(({ start, end, stem, canonical, certain }, at) => {
    const token = canonical && certain ? canonical : stem;
    if (tokens.has(token)) spans.push({ at, start, end, token });
  });
  for (const { canonical, from, to } of reader.phrasesIn(terms)) {
    if (!tokens.has(canonical)) continue;
    spans.push({ at: from, start: terms[from]!.start, end: terms[to - 1]!.end, token: canonical });
  }
  const first = bestStart(terms, spans);
  const from = first === 0 ? 0 : (terms[first]?.start ?? 0);
  const last = terms[Math.min(first + WORDS, terms.length) - 1];
  const isWhole = first + WORDS >= terms.length;
  const to = isWhole ? text.length : (last?.end ?? text.length);
  return `${from > 0 ? '… ' : ''}${marked(text, from, to, spans)}${isWhole ? '' : ' …'}`;
}

/** The word to begin with, so that the window holds the most different tokens; the earliest of equals. */
function bestStart(terms: readonly { start: number; end: number }[], spans: readonly Span[]): number {
  let best = { at: 0, score: 0 };
  for (const { at: word } of spans) {
    const at = word + WORDS - LEAD >= terms.length ? Math.max(0, terms.length - WORDS) : Math.max(0, word - LEAD);
    const end = terms[Math.min(at + WORDS, terms.length) - 1]?.end ?? 0;
    const inside = spans.filter(({ start, end: to }) => start >= (terms[at]?.start ?? 0) && to <= end);
    const score = new Set(inside.map(({ token }) => token)).size + inside.length / 1_000;
    if (score > best.score) best = { at, score };
  }
  return best.at;
}

function marked(text: string, from: number, to: number, spans: readonly Span[]): string {
  const inside = spans
    .filter(({ start, end }) => start >= from && end <= to)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  let html = '';
  let at = from;
  for (const { start, end } of inside) {
    if (start < at) continue;
    html += `${escaped(text.slice(at, start))}<mark>${escaped(text.slice(start, end))}</mark>`;
    at = end;
  }
  return (html + escaped(text.slice(at, to))).replace(/\s+/g, ' ').trim();
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);
}
