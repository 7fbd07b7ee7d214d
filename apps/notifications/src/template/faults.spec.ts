import { TEMPLATES } from './catalogue';
import { faultsOf } from './faults';
import type { Mail, Template } from './template';
import { list, text, url } from './variable';

const { welcome } = TEMPLATES;
const mail = welcome.mail as Mail;
const { id, en } = mail.texts;
const { keep: _keep, ...withoutKeep } = en;

/** A sound template with something changed. */
function offender(changes: { mail?: Partial<Mail>; whatsapp?: Partial<Template['whatsapp']>; variables?: object }) {
  return {
    welcome: {
      variables: { ...welcome.variables, ...changes.variables },
      mail: { ...mail, ...changes.mail },
      whatsapp: { ...welcome.whatsapp, ...changes.whatsapp },
    } as Template,
  };
}
const words = (idWords: object, enWords: Mail['texts']['en'] = en) => ({
  mail: { texts: { id: { ...id, ...idWords }, en: enWords } },
});
const wording = (idWording: string) => ({
  whatsapp: { wording: { id: idWording, en: welcome.whatsapp.wording?.en ?? '' } },
});

describe(faultsOf.name, () => {
  it('finds nothing in a sound template', () => {
    expect(faultsOf(offender({}))).toEqual([]);
  });

  it.each<[string, Parameters<typeof offender>[0], string]>([
    ['a key that one language lacks', words({}, withoutKeep), 'en has no text "keep"'],
    ['an empty text', words({ preview: ' ' }), 'id has no text "preview"'],
    ['a text that nothing shows', words({ extra: 'x' }), 'nothing shows the text "extra" of id'],
    ['a mail without a language', { mail: { texts: { id } as Mail['texts'] } }, 'its mail has no en'],
    ['a wording without a language', { whatsapp: { wording: { id: 'a' } as never } }, 'its WhatsApp has no en'],
    ['a variable that is not declared', words({ hello: 'Halo {{who}}' }), 'it uses "who", which it does not declare'],
    ['a variable that is not used', { variables: { idle: text(() => '') } }, 'it declares "idle", which nothing uses'],
    ['a condition in a text', words({ hello: '{{#if name}}Halo{{/if}}' }), 'only plain places may stand in'],
    ['something unescaped in a text', words({ hello: 'Halo {{{name}}}' }), 'only plain places may stand in'],
    ['HTML in a text', words({ hello: 'Halo <b>{{name}}</b>' }), 'no HTML may stand in'],
    ['a text that is torn', words({ hello: 'Halo {{name}' }), 'welcome: '],
    [
      'a list in a sentence',
      { ...words({ hello: 'Halo {{many}}' }), variables: { many: list(() => []) } },
      '"many" stands in a sentence and is no word',
    ],
    [
      'a part that depends on one thing and names another',
      {
        mail: {
          body: [
            ...mail.body,
            { kind: 'paragraph', text: 'hello', when: 'other' },
            { kind: 'button', label: 'button', url: 'third', when: 'other' },
          ],
        },
        variables: { other: text(() => ''), third: url(() => '') },
      },
      'a part that depends on "other" names "third"',
    ],
    [
      'a place too many',
      wording('Halo {{1}}, kontak {{2}} sudah: {{3}} dan {{4}} itu.'),
      'has the places 1, 2, 3, 4, not 1, 2, 3',
    ],
    ['a place too few', wording('Halo {{1}}, kontak {{2}} sudah.'), 'has the places 1, 2, not 1, 2, 3'],
    ['places out of order', wording('Halo {{2}}, kontak {{1}} sudah: {{3}} itu.'), 'has the places 2, 1, 3'],
    [
      'a wording that begins with a place',
      wording('{{1}}, kontak {{2}} sudah: {{3}} itu.'),
      'begins or ends with a parameter',
    ],
    [
      'a wording that ends with a place',
      wording('Halo {{1}}, kontak {{2}} sudah: {{3}}.'),
      'begins or ends with a parameter',
    ],
    ['places side by side', wording('Halo {{1}}, {{2}} sudah: {{3}} itu.'), 'two parameters stand side by side'],
    ['a gap', wording('Halo {{1}},    kontak {{2}} sudah: {{3}} itu.'), 'a gap that WhatsApp refuses'],
    ['a long wording', wording(`Halo {{1}}, kontak {{2}} sudah: {{3}} ${'x'.repeat(500)}.`), 'more than 1024'],
    ['a long parameter', { variables: { name: text(() => '', 900) } }, 'more than 1024'],
    ['a long subject', words({ subject: 'x'.repeat(161) }), 'the id subject may be longer than 160'],
    [
      'a subject that may grow long',
      words({ subject: '{{name}} {{cooperativeName}}' }),
      'the id subject may be longer than 160',
    ],
    ['a name in capitals', { whatsapp: { name: 'Welcome' } }, '"Welcome" is no name of a WhatsApp template'],
    ['a name too long', { whatsapp: { name: 'x'.repeat(513) } }, 'is no name of a WhatsApp template'],
    [
      'a wording of its own for codes',
      { whatsapp: { category: 'AUTHENTICATION' } },
      'a code template holds a code and nothing else',
    ],
    [
      'a link in a code template',
      { whatsapp: { category: 'AUTHENTICATION', wording: null, parameters: ['statusUrl'] } },
      'no link and no media',
    ],
    [
      'more than a code in a code template',
      { whatsapp: { category: 'AUTHENTICATION', wording: null, parameters: ['name', 'statusUrl'] } },
      'a code template has one parameter',
    ],
    ['no wording at all', { whatsapp: { wording: null } }, 'only a code template goes without a wording'],
  ])('finds %s', (_name, changes, fault) => {
    expect(faultsOf(offender(changes))).toContainEqual(expect.stringContaining(fault));
  });

  it('finds two templates of one name', () => {
    expect(faultsOf({ ...offender({}), again: welcome })).toEqual([
      'idxcoop_welcome: two templates have this WhatsApp name',
    ]);
  });
});
