import { Config, Metrics } from '@idxcoop/platform';
import { startProviders } from '../../../../test/support/providers';
import type { Message } from '../message/message.schema';
import { TEMPLATES } from '../template/catalogue';
import type { Letter } from './outcome';
import { Breakers } from '../provider/breakers';
import { WhatsAppToken } from './whatsapp-token';
import { WhatsAppChannel } from './whatsapp.channel';

const letter = {
  message: { _id: '0199-delivery', cause: 'cause-1', template: 'verification' } as Message,
  template: TEMPLATES.verification,
  address: '+6281234567890',
  language: 'id',
  variables: { name: 'Siti', cooperativeName: 'Maju', code: '012345', reasons: [], details: {} },
} as Letter;

describe(WhatsAppChannel.name, () => {
  let providers: Awaited<ReturnType<typeof startProviders>>;
  beforeAll(async () => {
    providers = await startProviders();
  });
  afterAll(() => providers.stop());
  beforeEach(() => providers.clear());

  async function sentTo(whatsappApiUrl: string) {
    const config = Object.assign(new Config(), { ...providers.settings, whatsappApiUrl });
    const channel = new WhatsAppChannel(config, new Breakers(config, new Metrics()), new WhatsAppToken(config));
    expect((await channel.send(letter, () => Promise.resolve())).kind).toBe('accepted');
    const [message, ...others] = providers.messages();
    expect(others).toEqual([]);
    expect(message?.deliveryId).toBe('0199-delivery');
    return message;
  }

  it.each(['127.0.0.1', 'localhost'])(
    'tells a local provider at %s the cause, so that what arrives can be told apart',
    async (host) => {
      const message = await sentTo(providers.settings.whatsappApiUrl.replace('127.0.0.1', host));
      expect(message?.causeId).toBe('cause-1');
    },
  );

  // 0.0.0.0 reaches the same server and is no loopback address: it stands for Meta here.
  it('tells the real provider no cause', async () => {
    const message = await sentTo(providers.settings.whatsappApiUrl.replace('127.0.0.1', '0.0.0.0'));
    expect(message?.causeId).toBeNull();
    expect(JSON.stringify(message?.headers)).not.toContain('cause');
  });
});
