import { longDay, number, percent } from '../template/figures';
import type { Template } from '../template/template';
import { name, text } from '../template/variable';

/** Programme leads are told that a share of a target was reached. */
export const milestone: Template = {
  variables: {
    name,
    target: text(({ details }) => details.targetKey, 80),
    percent: text(
      ({ details }, language) => (details.percent === undefined ? undefined : percent(details.percent, language)),
      12,
    ),
    day: text(({ details }, language) => details.reachedOn && longDay(details.reachedOn, language), 30),
    actual: text(
      ({ details }, language) => (details.actual === undefined ? undefined : number(details.actual, language)),
      30,
    ),
  },
  mail: {
    texts: {
      id: {
        subject: '{{percent}} dari sasaran {{target}} tercapai',
        preview: 'Tonggak sasaran baru tercapai.',
        hello: 'Yth. {{name}},',
        reached: 'Sasaran dengan kode {{target}} mencapai {{percent}} pada {{day}}. Nilai tercatat: {{actual}}.',
        more: 'Angka lengkap beserta definisi dan sumbernya ada di laporan kemajuan sasaran ini.',
      },
      en: {
        subject: '{{percent}} of target {{target}} reached',
        preview: 'A new milestone of the target was reached.',
        hello: 'Dear {{name}},',
        reached: 'The target with the code {{target}} reached {{percent}} on {{day}}. Recorded value: {{actual}}.',
        more: 'The full figure with its definition and source is in the progress report of this target.',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'reached' },
      { kind: 'paragraph', text: 'more' },
    ],
  },
  whatsapp: {
    name: 'idxcoop_milestone',
    category: 'UTILITY',
    wording: {
      id: 'Yth. {{1}}, sasaran dengan kode {{2}} mencapai {{3}} pada {{4}}. Nilai tercatat: {{5}} menurut laporan kemajuan.',
      en: 'Dear {{1}}, the target with the code {{2}} reached {{3}} on {{4}}. Recorded value: {{5}} in the progress report.',
    },
    parameters: ['name', 'target', 'percent', 'day', 'actual'],
  },
};
