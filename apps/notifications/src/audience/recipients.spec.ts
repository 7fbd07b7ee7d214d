import type { Channel } from '@idxcoop/contracts';
import { workflowOf } from '../workflow/workflows';
import { oncePerPerson, type Reachable } from './recipients';

const ALL = { service: true, announcements: true };
const SERVICE = { service: true, announcements: false };
const NONE = { service: false, announcements: false };

function address(personId: string, recipientId: string, channel: Channel, consents = ALL): Reachable {
  return { recipientKind: 'contact', personId, recipientId, channel, language: 'id', consents };
}
const chosen = (addresses: Reachable[], workflow: string) =>
  oncePerPerson(addresses, workflowOf(workflow)).map(({ recipientId, alternatives = [] }) =>
    [recipientId, ...alternatives.map((other) => other.recipientId)].join(' > '),
  );

describe(oncePerPerson.name, () => {
  it.each([
    [
      'on the first channel of the workflow',
      'decision',
      [address('siti', 'mail', 'email'), address('siti', 'phone', 'whatsapp')],
      ['phone > mail'],
    ],
    [
      'in the order of another workflow',
      'daily_digest',
      [address('siti', 'phone', 'whatsapp'), address('siti', 'mail', 'email')],
      ['mail > phone'],
    ],
    ['on the only channel', 'decision', [address('siti', 'mail', 'email')], ['mail']],
    [
      'each of two',
      'decision',
      [address('siti', 'mail', 'email'), address('budi', 'phone', 'whatsapp')],
      ['mail', 'phone'],
    ],
    [
      'on a second number after the first',
      'decision',
      [address('siti', 'one', 'whatsapp'), address('siti', 'two', 'whatsapp')],
      ['one > two'],
    ],
    [
      'by mail where WhatsApp was not agreed to',
      'decision',
      [address('siti', 'phone', 'whatsapp', NONE), address('siti', 'mail', 'email', NONE)],
      ['mail'],
    ],
    [
      'only where announcements were agreed to',
      'reactivation',
      [address('siti', 'phone', 'whatsapp', SERVICE), address('siti', 'mail', 'email')],
      ['mail'],
    ],
    [
      'nowhere, which delivery will say',
      'reactivation',
      [address('siti', 'mail', 'email', SERVICE), address('siti', 'phone', 'whatsapp', NONE)],
      ['phone'],
    ],
    [
      'without alternatives where the message is about this address',
      'welcome',
      [address('siti', 'phone', 'whatsapp'), address('siti', 'mail', 'email')],
      ['phone'],
    ],
    ['nobody where there is nobody', 'decision', [], []],
  ] as [string, string, Reachable[], string[]][])('writes to a person %s', (_, workflow, addresses, expected) => {
    expect(chosen(addresses, workflow)).toEqual(expected);
  });
});
