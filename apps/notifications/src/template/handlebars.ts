import Handlebars, { type TemplateDelegate } from 'handlebars';
import type { Values } from './template';

const handlebars = Handlebars.create();
const RUNTIME = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

/** Each text of ours is compiled at its first use and stays: there are some hundreds. What people write is never compiled. */
const compiled = new Map<string, TemplateDelegate>();
const known = new Map<string, string[]>();

/** A text with its places filled, as it is read; throws where one has nothing to stand in it. */
export function fill(source: string, values: Values): string {
  const asTheyAre = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? safe(value) : value,
  ]);
  return fillHtml(source, Object.fromEntries(asTheyAre));
}

/** The same as HTML: what fills the places is escaped, unless it was made `safe`. */
export function fillHtml(source: string, values: object): string {
  const template = compiled.get(source) ?? handlebars.compile(source, { strict: true, knownHelpersOnly: true });
  compiled.set(source, template);
  return template({ ...values }, RUNTIME);
}

/** What stands in a layout as it is, because it was escaped before. */
export function safe(html: string): object {
  return new Handlebars.SafeString(html);
}

/**
 * The names of the places in a text. Only plain places are allowed: no conditions, no helpers, nothing unescaped, and no
 * HTML between them, since the same text stands in HTML and in plain text.
 */
export function namesOf(source: string): string[] {
  const before = known.get(source);
  if (before) return before;
  const names = handlebars.parseWithoutProcessing(source).body.flatMap((statement) => {
    if (statement.type === 'ContentStatement') {
      if (/[<>&]/.test((statement as hbs.AST.ContentStatement).value))
        throw new Error(`no HTML may stand in "${source}"`);
      return [];
    }
    const { path, params, escaped } = statement as hbs.AST.MustacheStatement;
    const { type, original } = (path ?? {}) as hbs.AST.PathExpression;
    const isPlain =
      statement.type === 'MustacheStatement' && type === 'PathExpression' && escaped && params.length === 0;
    if (!isPlain || !/^[a-z][A-Za-z]*$/.test(original)) throw new Error(`only plain places may stand in "${source}"`);
    return [original];
  });
  known.set(source, names);
  return names;
}
