import type { Template } from '../template/template';
import { name, text } from '../template/variable';

/** The code with which somebody signs in. A code and no link: it is typed where the sign-in was begun. */
export const signInCode: Template = {
  variables: { name, code: text((known) => known.code, 8) },
  mail: {
    texts: {
      id: {
        subject: 'Kode masuk IDXCOOP Anda',
        preview: 'Ketik kode ini di halaman tempat Anda meminta masuk.',
        hello: 'Halo {{name}},',
        type: 'Ketik kode ini di halaman tempat Anda meminta masuk:',
        never:
          'Kode berlaku sebentar dan sekali pakai. Petugas kami tidak pernah menanyakannya; jangan berikan kepada siapa pun.',
        ignore: 'Bukan Anda yang meminta? Abaikan surel ini; tanpa kode ini tidak ada yang dapat masuk.',
      },
      en: {
        subject: 'Your sign-in code for IDXCOOP',
        preview: 'Type this code where you asked to sign in.',
        hello: 'Hello {{name}},',
        type: 'Type this code where you asked to sign in:',
        never: 'The code holds for a short time and once. Our staff never ask for it; give it to nobody.',
        ignore: 'Was it not you? Ignore this mail; without the code nobody can sign in.',
      },
    },
    body: [
      { kind: 'paragraph', text: 'hello' },
      { kind: 'paragraph', text: 'type' },
      { kind: 'code', of: 'code' },
      { kind: 'paragraph', text: 'never' },
      { kind: 'small', text: 'ignore' },
    ],
  },
  whatsapp: { name: 'idxcoop_sign_in_code', category: 'AUTHENTICATION', wording: null, parameters: ['code'] },
};
