import { Webhook } from 'standardwebhooks';
import { newWebhookSecret, sign, waitAfter } from './webhook-rules';

describe(sign.name, () => {
  it('is read by the reference of the specification, under the old and the new secret', () => {
    const [present, former, other] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()];
    const seconds = Math.floor(Date.now() / 1_000);
    const body = '{"type":"cooperative.verified"}';
    const headers = {
      'webhook-id': 'msg',
      'webhook-timestamp': String(seconds),
      'webhook-signature': sign([present, former], 'msg', seconds, body),
    };
    for (const secret of [present, former]) {
      expect(new Webhook(secret).verify(body, headers)).toEqual({ type: 'cooperative.verified' });
    }
    expect(() => new Webhook(other).verify(body, headers)).toThrow();
    expect(() => new Webhook(present).verify(`${body} `, headers)).toThrow();
    expect(() => new Webhook(present).verify(body, { ...headers, 'webhook-id': 'other' })).toThrow();
  });
});

describe(waitAfter.name, () => {
  it.each([
    [1, 0.5, 5_000],
    [1, 0, 4_500],
    [1, 1, 5_500],
    [2, 0.5, 300_000],
    [9, 0.5, 86_400_000],
    [10, 0.5, null],
  ])('waits after attempt %i (chance %f) %s ms', (attempts, chance, wait) =>
    expect(waitAfter(attempts, chance)).toBe(wait),
  );
});
