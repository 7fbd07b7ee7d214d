import type { Language } from '../message/message.schema';
import { fill, fillHtml, safe } from './handlebars';
import { LAYOUT } from './layout.html';
import { escapeHtml, FOOTER, TEST } from './layout.templates';
import type { Block, Row, SuggestedItem, Template, Values, Variables } from './template';
import { valuesOf } from './values';

export interface WrittenMail {
  subject: string;
  preview: string;
  text: string;
  html: string;
}

/** A mail as text and as one column of HTML that reads on an old phone as on a desk. Both say the same. */
export function writeMail(
  template: Template,
  known: Variables,
  language: Language,
  values: Values = valuesOf(template, known, language),
): WrittenMail {
  if (!template.mail) throw new Error('this template never goes by mail');
  const words: Readonly<Record<string, string>> = {
    ...template.mail.texts[language],
    test: `${TEST[language].mark} ${TEST[language].note}`,
  };
  const body = template.mail.body.filter(({ when }) => !when || values[when] !== undefined);
  const blocks: Block[] = known.isTest ? [{ kind: 'paragraph', text: 'test' }, ...body] : [...body];
  const marked = (text: string) => (known.isTest ? `${TEST[language].mark} ${text}` : text);
  const page = new Page(words, values);
  const subject = marked(fill(words.subject ?? '', values));
  const preview = fill(words.preview ?? '', values);
  const { from, automatic, preferences: label } = FOOTER[language];
  const { preferencesUrl } = known;
  const ending = [from, automatic, ...(preferencesUrl ? [`${label}: ${preferencesUrl}`] : [])];
  return {
    subject,
    preview,
    text: `${[...blocks.map((block) => page.text(block)), `-- \n${ending.join('\n')}`].join('\n\n')}\n`,
    html: fillHtml(LAYOUT, {
      ...{ language, subject, preview },
      blocks: blocks.map((block) => page.html(block)),
      ending: [from, automatic],
      preferences: preferencesUrl ? { label, url: address(preferencesUrl) } : null,
    }),
  };
}

/** What the layout knows how to show; all but one are null. */
const NOTHING = {
  heading: null,
  paragraph: null,
  small: null,
  code: null,
  list: null,
  links: null,
  rows: null,
  button: null,
};

/** The parts of a mail in one language. */
class Page {
  constructor(
    private readonly words: Readonly<Record<string, string>>,
    private readonly values: Values,
  ) {}

  text(block: Block): string {
    switch (block.kind) {
      case 'button':
        return `${this.word(block.label)}:\n${this.string(block.url)}`;
      case 'code':
        return this.string(block.of);
      case 'list':
        return this.all<string>(block.of)
          .map((item) => `- ${item}`)
          .join('\n');
      case 'links':
        return this.all<SuggestedItem>(block.of)
          .map(({ title, url }) => `- ${title}\n  ${url}`)
          .join('\n');
      case 'rows':
        return this.all<Row>(block.of)
          .map(([label, figure]) => `${label}: ${figure}`)
          .join('\n');
      case 'heading':
      case 'paragraph':
      case 'small':
        return this.word(block.text);
    }
  }

  html(block: Block): object {
    switch (block.kind) {
      case 'button':
        return { ...NOTHING, button: { label: this.word(block.label), url: address(this.string(block.url)) } };
      case 'code':
        return { ...NOTHING, code: this.string(block.of) };
      case 'list':
        return { ...NOTHING, list: this.all<string>(block.of).map(sentence) };
      case 'links': {
        const links = this.all<SuggestedItem>(block.of).map(({ title, url }) => ({ title, url: address(url) }));
        return { ...NOTHING, links };
      }
      case 'rows': {
        const rows = this.all<Row>(block.of).map(([label, figure]) => ({ label, figure: sentence(figure) }));
        return { ...NOTHING, rows };
      }
      case 'heading':
      case 'paragraph':
      case 'small':
        return { ...NOTHING, [block.kind]: together(fillHtml(this.words[block.text] ?? '', this.values)) };
    }
  }

  private word(key: string): string {
    return fill(this.words[key] ?? '', this.values);
  }

  private string(name: string): string {
    return String(this.values[name]);
  }

  private all<T>(name: string): readonly T[] {
    return this.values[name] as unknown as readonly T[];
  }
}

/** Of a link the rest is left as it is: who looks for links in the source of a mail finds ours. */
function address(url: string): object {
  return safe(escapeHtml(url));
}

function sentence(text: string): object {
  return together(escapeHtml(text));
}

/** A figure keeps its sign on its line. */
function together(html: string): object {
  return safe(html.replace(/(\d) %/g, '$1&nbsp;%'));
}
