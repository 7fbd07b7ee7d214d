import type { Language } from '@idxcoop/platform';

/** A page small enough for an old phone on two bars: no script, no image, no font. */
export function htmlPage(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>${title}</title>
<style>body{font:18px/1.5 sans-serif;max-width:30em;margin:2em auto;padding:0 1em}button{font:inherit;padding:.6em 1.4em}</style>
</head><body>
<h1>IDXCOOP</h1>
${body}
</body></html>
`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
