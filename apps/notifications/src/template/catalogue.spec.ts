import type { Language, TemplateKey } from '../message/message.schema';
import { TEMPLATES } from './catalogue';
import { layout } from './layout.templates';
import { plain } from './plain';
import type { Variables } from './template';

const LANGUAGES: Language[] = ['id', 'en'];
const CASES = (Object.keys(TEMPLATES) as TemplateKey[]).flatMap((key) =>
  LANGUAGES.map((language) => [key, language] as const),
);

const variables: Variables = {
  name: 'Siti <Rahma>',
  cooperativeName: 'Koperasi "Maju" & Bersama',
  code: '012345',
  link: 'https://idxcoop.example/v1/verifications/x?token=a&b=c',
  statusUrl: 'https://idxcoop.example/status?token=abc',
  preferencesUrl: 'https://idxcoop.example/v1/preferences/abc',
  reasons: [
    { requirement: 'legalEntityNumber', code: 'unreadable', note: 'akta <pendirian>' },
    { requirement: 'made up', code: 'made_up', note: null },
  ],
  pages: [{ title: 'Koperasi Maju', url: 'https://idxcoop.example/status?token=abc' }],
  details: { targetKey: 'idxcoop-2020', percent: 50, reachedOn: '2020-10-08', actual: 1310 },
};

describe('TEMPLATES', () => {
  it.each(CASES)('renders %s in %s as a mail of which text and HTML say the same', (key, language) => {
    const mail = TEMPLATES[key].email(variables, language);
    const { text, html } = layout(mail, language, variables.preferencesUrl);
    expect(mail.subject.length).toBeGreaterThan(5);
    expect(mail.subject.length).toBeLessThan(120);
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).not.toContain('<Rahma>');
    for (const part of [text, html, mail.subject]) expect(part).not.toMatch(/undefined|\[object|\{\{|NaN/);
    for (const block of mail.blocks) {
      if (block.kind === 'button') expect(html).toContain(`href="${block.url.replaceAll('&', '&amp;')}"`);
      if (block.kind === 'button') expect(text).toContain(block.url);
      if (block.kind === 'code') expect([text, html].every((part) => part.includes(block.code))).toBe(true);
    }
    expect(text).toContain('/v1/preferences/abc');
  });

  it.each(CASES)('gives WhatsApp template %s in %s as many parameters as its wording has places', (key, language) => {
    const { whatsapp } = TEMPLATES[key];
    const parameters = whatsapp.parameters(variables, language);
    const places = whatsapp.wording ? (whatsapp.wording[language].match(/\{\{\d+\}\}/g) ?? []) : ['{{1}}'];
    expect(places).toEqual(parameters.map((_, index) => `{{${index + 1}}}`));
    expect(whatsapp.name).toMatch(/^[a-z0-9_]{1,512}$/);
    for (const parameter of parameters) {
      expect(parameter.length).toBeGreaterThan(0);
      expect(parameter).not.toMatch(/[\n\t]| {4}|undefined|NaN/);
    }
    expect((whatsapp.wording?.[language] ?? '').length).toBeLessThanOrEqual(1024);
  });

  it('keeps links and media out of a code template', () => {
    expect(TEMPLATES.verification.whatsapp).toMatchObject({ category: 'AUTHENTICATION', wording: null });
    expect(TEMPLATES.verification.whatsapp.parameters(variables, 'id')).toEqual(['012345']);
  });

  it('words a rejection by its reasons, and in general where the code is not known', () => {
    const { blocks } = TEMPLATES.rejection.email(variables, 'id');
    expect(blocks).toContainEqual({
      kind: 'list',
      items: ['Nomor badan hukum tidak terbaca: akta pendirian', 'Pendaftaran perlu diperbaiki'],
    });
    const bare = TEMPLATES.rejection.email({ ...variables, reasons: [], details: { reasonCodes: ['mismatch'] } }, 'en');
    expect(bare.blocks).toContainEqual({ kind: 'list', items: ['Application differs from the official record'] });
  });

  it('writes figures as readers of the language do', () => {
    expect(TEMPLATES.milestone.whatsapp.parameters(variables, 'id').slice(2)).toEqual([
      '50 %',
      '8 Oktober 2020',
      '1.310',
    ]);
    expect(TEMPLATES.milestone.whatsapp.parameters(variables, 'en').slice(2)).toEqual([
      '50%',
      '8 October 2020',
      '1,310',
    ]);
  });
});

describe('milestone', () => {
  it('names its target in a sentence, with figures that no line end tears apart', () => {
    const mail = TEMPLATES.milestone.email(variables, 'id');
    const { text, html } = layout(mail, 'id');
    expect(text).toContain(
      'Sasaran dengan kode idxcoop-2020 mencapai 50 % pada 8 Oktober 2020. Nilai tercatat: 1.310.',
    );
    expect(html).toContain('mencapai 50&nbsp;% pada');
    expect(TEMPLATES.milestone.email(variables, 'en').blocks).toContainEqual({
      kind: 'paragraph',
      text: 'The target with the code idxcoop-2020 reached 50% on 8 October 2020. Recorded value: 1,310.',
    });
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
