import { agreedOn } from './consents';

describe(agreedOn.name, () => {
  const service = { purposes: ['service' as const], channels: ['email' as const, 'whatsapp' as const] };
  const news = { purposes: ['announcements' as const], channels: ['email' as const] };

  const without = { ...news, withdrawn: true };
  const nothing = { purposes: [...service.purposes, ...news.purposes], channels: service.channels, withdrawn: true };

  it.each([
    ['nothing', [], 'email', { service: false, announcements: false }],
    ['the service alone', [service], 'email', { service: true, announcements: false }],
    ['announcements by mail, asked for mail', [service, news], 'email', { service: true, announcements: true }],
    ['announcements by mail, asked for WhatsApp', [service, news], 'whatsapp', { service: true, announcements: false }],
    ['announcements taken back', [service, news, without], 'email', { service: true, announcements: false }],
    ['announcements taken up again', [news, without, news], 'email', { service: false, announcements: true }],
    ['everything taken back', [service, news, nothing], 'email', { service: false, announcements: false }],
  ] as const)('reads %s', (_, entries, channel, agreed) => {
    expect(agreedOn(entries, channel)).toEqual(agreed);
  });
});
