import type { Language, TemplateKey } from '../message/message.schema';
import { TEMPLATES } from './catalogue';
import { faultsOf } from './faults';
import { writeMail } from './mail';
import { plain } from './plain';
import { sampleOf } from './sample.templates';
import type { Template, Variables } from './template';
import { missing, valuesOf } from './values';
import { writeWhatsApp } from './whatsapp';

const LANGUAGES: Language[] = ['id', 'en'];
const CASES = (Object.keys(TEMPLATES) as TemplateKey[]).flatMap((key) =>
  LANGUAGES.map((language) => [key, language] as const),
);
const MAILS = CASES.filter(([key]) => TEMPLATES[key].mail);
const TEMPLATED = CASES.filter(([key]) => TEMPLATES[key].whatsapp.category !== 'SERVICE');

/** Texts as they come where somebody tries something. */
function known(language: Language, fields: Partial<Variables> = {}): Variables {
  return {
    ...sampleOf(language, 'https://idxcoop.example'),
    name: 'Siti <Rahma>',
    cooperativeName: 'Koperasi "Maju" & Bersama {{code}}',
    link: 'https://idxcoop.example/v1/verifications/x?token=a&b=c',
    ...fields,
  };
}

/** Whatever must not be seen in a message. */
const LEFTOVERS = /undefined|\[object|NaN|null|Infinity/;

describe('TEMPLATES', () => {
  it('have no fault', () => {
    expect(faultsOf(TEMPLATES)).toEqual([]);
  });

  it.each(MAILS)('renders %s in %s as a mail of which text and HTML say the same', (key, language) => {
    const variables = known(language);
    const values = valuesOf(TEMPLATES[key], variables, language);
    const { subject, preview, text, html } = writeMail(TEMPLATES[key], variables, language);
    expect(missing(TEMPLATES[key], 'email', values)).toEqual([]);
    expect(subject.length).toBeGreaterThan(5);
    expect(html).toContain(`<html lang="${language}"`);
    expect(html).not.toContain('<Rahma>');
    for (const part of [text, html, subject, preview]) expect(part).not.toMatch(LEFTOVERS);
    const read = seen(html);
    for (const line of text.split('\n').filter((line) => line.trim() && line !== '-- '))
      for (const part of line.replace(/^- |^ {2}|:$/g, '').split(': ')) expect(read).toContain(part);
    expect(text).toContain('/v1/preferences/contoh');
    expect(Buffer.byteLength(html)).toBeLessThan(30_000);
  });

  it.each(MAILS)('gets nothing for %s in %s from elsewhere: no picture, no font, no script', (key, language) => {
    const { html } = writeMail(TEMPLATES[key], known(language), language);
    expect(html).not.toMatch(/<img|<script|<link|@import|url\(/i);
    for (const [, url] of html.matchAll(/(?:href|src)="([^"]*)"/g))
      expect(url).toMatch(/^https:\/\/idxcoop\.example\//);
  });

  it.each(TEMPLATED)('fills WhatsApp template %s in %s with parameters that Meta takes', (key, language) => {
    const { parameters, body, name } = writeWhatsApp(TEMPLATES[key], known(language), language);
    expect(name).toBe(TEMPLATES[key].whatsapp.name);
    for (const parameter of parameters) {
      expect(parameter.length).toBeGreaterThan(0);
      expect(parameter).not.toMatch(/[\n\t]| {4}/);
      expect(parameter).not.toMatch(LEFTOVERS);
    }
    expect(body ?? '').not.toMatch(LEFTOVERS);
  });

  it('shows a link as it is, so that who looks for it in the source of a mail finds it', () => {
    const { html } = writeMail(TEMPLATES.verification, known('id'), 'id');
    expect(html).toContain('href="https://idxcoop.example/v1/verifications/x?token=a&amp;b=c"');
  });

  it('keeps links and media out of a code template', () => {
    expect(TEMPLATES.verification.whatsapp).toMatchObject({ category: 'AUTHENTICATION', wording: null });
    expect(writeWhatsApp(TEMPLATES.verification, known('id'), 'id')).toMatchObject({
      parameters: ['000000'],
      body: null,
    });
  });

  it('leaves a button out where there is no link, and says what is missing where it is needed', () => {
    const lost = known('id', { statusUrl: undefined });
    expect(writeMail(TEMPLATES.approval, lost, 'id').text).not.toContain('Buka halaman status');
    const lacks = (key: TemplateKey, channel: 'email' | 'whatsapp', from = lost) =>
      missing(TEMPLATES[key], channel, valuesOf(TEMPLATES[key], from, 'id'));
    expect(lacks('approval', 'email')).toEqual([]);
    expect(lacks('welcome', 'email')).toEqual(['statusUrl']);
    expect(lacks('requirement_reminder', 'whatsapp', { ...lost, details: { requirement: 'annual_meeting' } })).toEqual([
      'dueDay',
      'when',
    ]);
    expect(lacks('help', 'email')).toEqual(['mail']);
  });

  it('takes no link that is none, and none that would be cut', () => {
    for (const statusUrl of ['javascript:alert(1)', `https://idxcoop.example/${'x'.repeat(300)}`, ''])
      expect(valuesOf(TEMPLATES.welcome, known('id', { statusUrl }), 'id').statusUrl).toBeUndefined();
  });

  it('says of a test that it is one', () => {
    const variables = known('id', { isTest: true });
    const mail = writeMail(TEMPLATES.welcome, variables, 'id');
    expect(mail.subject).toMatch(/^\[UJI\] /);
    for (const part of [mail.text, mail.html]) expect(part).toContain('Ini pesan uji.');
    expect(writeWhatsApp(TEMPLATES.welcome, variables, 'id').parameters[0]).toBe('[UJI] Siti <Rahma>');
  });
});

describe('rejection', () => {
  const reasons = (fields: Partial<Variables>, language: Language = 'id') =>
    valuesOf(TEMPLATES.rejection, known(language, fields), language).reasons;

  it('is worded by its reasons, and in general where the code is not known', () => {
    const given = [
      { requirement: 'legalEntityNumber', code: 'unreadable', note: 'akta <pendirian>' },
      { requirement: 'made up', code: 'made_up', note: null },
    ];
    expect(reasons({ reasons: given })).toEqual([
      'Nomor badan hukum tidak terbaca: akta pendirian',
      'Pendaftaran perlu diperbaiki',
    ]);
    expect(reasons({ reasons: [], details: { reasonCodes: ['mismatch'] } }, 'en')).toEqual([
      'Application differs from the official record',
    ]);
  });
});

describe('milestone', () => {
  it('names its target in a sentence, with figures as readers of the language write them, that no line end tears apart', () => {
    const { text, html } = writeMail(TEMPLATES.milestone, known('id'), 'id');
    expect(text).toContain(
      'Sasaran dengan kode idxcoop-2020 mencapai 50 % pada 8 Oktober 2020. Nilai tercatat: 1.310.',
    );
    expect(html).toContain('mencapai 50&nbsp;% pada');
    expect(writeMail(TEMPLATES.milestone, known('en'), 'en').text).toContain(
      'The target with the code idxcoop-2020 reached 50% on 8 October 2020. Recorded value: 1,310.',
    );
  });
});

describe('requirement_reminder', () => {
  it.each([
    [7, '7 hari lagi', 'in 7 days'],
    [1, 'besok', 'tomorrow'],
    [0, 'hari ini', 'today'],
    [-1, 'lewat 1 hari', '1 day ago'],
  ])('says what %i days are', (daysLeft, id, en) => {
    const details = { requirement: 'annual_meeting', dueOn: '2021-06-30', daysLeft };
    const subject = (language: Language) =>
      writeMail(TEMPLATES.requirement_reminder, known(language, { details }), language).subject;
    expect(subject('id')).toBe(`Batas waktu ${id}: laporan Rapat Anggota Tahunan (RAT)`);
    expect(subject('en')).toBe(`Due ${en}: the report of the annual members’ meeting (RAT)`);
  });

  it('names what it does not know in general', () => {
    const details = { requirement: 'new_thing', dueOn: '2021-06-30', daysLeft: 3 };
    expect(writeMail(TEMPLATES.requirement_reminder, known('id', { details }), 'id').subject).toContain(
      'kelengkapan data',
    );
  });
});

describe('digest', () => {
  const written = (figures: object, language: Language = 'id') => {
    const details = { ...known(language).details, figures: { actual: 31_000, target: 50_000, ...figures } };
    return writeWhatsApp(TEMPLATES.digest, known(language, { name: 'Deputi', details }), language).body ?? '';
  };

  it('gives the share with both counts, the status in words and the required pace', () => {
    expect(written({ requiredPerWeek: 480, daysLeft: 40, status: 'at_risk' })).toBe(
      'Yth. Deputi, ringkasan mingguan sasaran idxcoop-2020 sampai 8 Oktober 2020: capaian 62,00 %, yaitu 31.000 dari 50.000. Status: berisiko tidak tercapai. Laju yang diperlukan: 480 per minggu, 40 hari. Rinciannya ada di laporan kemajuan.',
    );
  });

  it('does without what was not calculated, and never rounds up to a target that is not reached', () => {
    expect(written({ actual: 49_999.9, status: 'made_up' }, 'en')).toContain(
      '99.99%, that is 49,999.9 of 50,000. Status: not judged yet. Required pace: not calculated.',
    );
    expect(written({ actual: 50_000 })).toContain('100,00 %');
    expect(written({ actual: 1, target: 0 })).toContain('0,00 %');
  });

  it('has at most 1,000 characters on WhatsApp with the longest of everything', () => {
    const { whatsapp, variables } = TEMPLATES.digest;
    for (const language of LANGUAGES) {
      const places = whatsapp.parameters.reduce(
        (sum, name) => sum + (variables[name] as Template['variables'][string]).atMost,
        0,
      );
      expect((whatsapp.wording?.[language] ?? '').length + places).toBeLessThanOrEqual(1_000);
    }
  });
});

describe('announcement', () => {
  it('has its own words, in Bahasa Indonesia where there are no others, and takes them as they are', () => {
    const details = { headline: { id: 'Pelatihan {{name}}' }, text: { id: 'Sabtu <b>09.00</b>' } };
    const { subject, text, html } = writeMail(TEMPLATES.announcement, known('en', { details }), 'en');
    expect(subject).toBe('Pelatihan {{name}}');
    expect(text).toContain('Sabtu <b>09.00</b>');
    expect(html).toContain('Sabtu &lt;b&gt;09.00&lt;/b&gt;');
  });
});

describe('status_reply', () => {
  it('gives a link a line, and says how many more there are', () => {
    const page = (title: string) => ({ title, url: `https://idxcoop.example/${title}` });
    const body = (pages: string[], morePages = 0) =>
      writeWhatsApp(TEMPLATES.status_reply, known('id', { pages: pages.map(page), morePages }), 'id');
    expect(body(['A'])).toMatchObject({ name: null, body: expect.stringMatching(/: https:\/\/idxcoop\.example\/A$/) });
    expect(body(['A', 'B'], 2).body).toContain(
      'A: https://idxcoop.example/A\nB: https://idxcoop.example/B\ndan 2 koperasi',
    );
  });
});

describe(plain.name, () => {
  it.each([
    ['Siti Rahma', 'Siti Rahma'],
    ['H. M. Yusuf, S.E.', 'H. M. Yusuf, S.E.'],
    ['Menang!\r\nBcc: x', 'Menang! Bcc: x'],
    ['klik https://jahat.example/a', 'klik jahat. example/a'],
    ['www.jahat.com', 'www. jahat. com'],
    ['<b>Siti</b>', 'bSiti/b'],
    ['a\u202Eb\u0000c', 'a b c'],
    ['x'.repeat(200), `${'x'.repeat(119)}…`],
  ])('makes %j fit for a message', (given, expected) => {
    expect(plain(given)).toBe(expected);
  });
});

/** What a person sees of HTML, and where its links lead. */
function seen(html: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
  return html
    .replace(/<style.*?<\/style>/gs, ' ')
    .replace(/<a [^>]*?href="([^"]*)"/g, '$1 $&')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:#(x?)([0-9a-f]+)|([a-z]+));/gi, (_, hex, code, name) =>
      name ? (entities[name as string] ?? '') : String.fromCodePoint(Number.parseInt(code as string, hex ? 16 : 10)),
    )
    .replace(/\s+/g, ' ');
}
