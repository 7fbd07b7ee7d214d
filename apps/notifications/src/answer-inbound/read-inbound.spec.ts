import fc from 'fast-check';
import { changesOf } from '../receive-webhook/json';
import { readInbound } from './read-inbound';

const call = (...messages: object[]) => {
  const contacts = [{ profile: { name: 'Siti Rahma' }, wa_id: '6281234567890' }];
  return changesOf({ entry: [{ changes: [{ field: 'messages', value: { contacts, messages } }] }] });
};
const message = (fields: object) => ({ from: '6281234567890', id: 'wamid.A', timestamp: '1700000000', ...fields });

describe(readInbound.name, () => {
  it.each([
    ['a text', { type: 'text', text: { body: 'BERHENTI' } }, 'BERHENTI'],
    ['a button of a template', { type: 'button', button: { text: 'Berhenti', payload: 'x' } }, 'Berhenti'],
    ['a reply button', { type: 'interactive', interactive: { button_reply: { id: '1', title: 'Status' } } }, 'Status'],
    ['the caption of a picture', { type: 'image', image: { id: '1', caption: 'ini KTP saya' } }, 'ini KTP saya'],
    ['a picture alone', { type: 'image', image: { id: '1' } }, undefined],
    ['a voice message', { type: 'audio', audio: { id: '1' } }, undefined],
    ['a text that is none', { type: 'text', text: 'BERHENTI' }, undefined],
  ])('takes %s', (_name, fields, text) => {
    const sentAt = new Date(1_700_000_000_000);
    const expected = { providerId: 'wamid.A', phone: '+6281234567890', sentAt, ...(text && { text }) };
    expect(readInbound(call(message(fields)))).toEqual([expected]);
  });

  it.each([
    ['a reaction', { type: 'reaction', reaction: { emoji: '👍', message_id: 'wamid.B' } }],
    ['a sticker', { type: 'sticker', sticker: { id: '1' } }],
    ['a change of number', { type: 'system', system: { type: 'user_changed_number', new_wa_id: '62899' } }],
    ['what Meta cannot show', { type: 'unsupported', errors: [{ code: 131051 }] }],
    ['what is said in a group', { type: 'text', text: { body: 'stop' }, group_id: 'g' }],
    ['a kind that is named like a member of all objects', { type: 'constructor' }],
    ['a sender without a number', { type: 'text', text: { body: 'stop' }, from: 'BSUID.1' }],
    ['a message without a time', { type: 'text', text: { body: 'stop' }, timestamp: undefined }],
  ])('passes over %s', (_name, fields) => {
    expect(readInbound(call(message(fields)))).toEqual([]);
  });

  it('takes no name, and of a long text its beginning', () => {
    const [taken] = readInbound(call(message({ type: 'text', text: { body: 'x'.repeat(4_096) } })));
    expect(taken?.text).toHaveLength(1_000);
    expect(JSON.stringify(taken)).not.toContain('Siti');
  });

  it('reads nothing from whatever is no webhook call', () => {
    fc.assert(fc.property(fc.anything(), (body) => expect(readInbound(changesOf(body))).toEqual([])));
  });
});
