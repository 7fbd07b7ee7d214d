import { makeEnvelope, MalformedEnvelope, readEnvelope } from './envelope';

class MadeV1 {
  static readonly event = 'onboarding.thing.made.v1';
}

const envelope = makeEnvelope({
  id: 'one',
  contract: MadeV1,
  data: { a: 1 },
  service: 'onboarding',
  time: new Date('2026-11-24T00:00:00Z'),
  partitionKey: 'thing',
  sequence: 42,
});

describe(makeEnvelope.name, () => {
  it('is a CloudEvent 1.0 with the aggregate and its counter as text that sorts', () => {
    expect(envelope).toEqual({
      specversion: '1.0',
      id: 'one',
      source: '/idxcoop/onboarding',
      type: 'onboarding.thing.made.v1',
      time: '2026-11-24T00:00:00.000Z',
      datacontenttype: 'application/json',
      partitionkey: 'thing',
      sequence: '000000000042',
      data: { a: 1 },
    });
  });
});

describe(readEnvelope.name, () => {
  it('reads what was made', () => {
    expect(readEnvelope(JSON.stringify(envelope))).toEqual(envelope);
  });

  it.each([
    ['{', 'is not JSON'],
    ['null', 'is not an object'],
    ['7', 'is not an object'],
    [JSON.stringify({ ...envelope, specversion: '0.3' }), 'is not a CloudEvent 1.0'],
    [JSON.stringify({ ...envelope, id: '' }), 'has no id'],
    [JSON.stringify({ ...envelope, type: 7 }), 'has no type'],
    [JSON.stringify({ ...envelope, sequence: 'x' }), 'has a sequence that is no number'],
    [JSON.stringify({ ...envelope, data: 'text' }), 'has no data'],
  ])('refuses %s', (text, reason) => {
    expect(() => readEnvelope(text)).toThrow(new MalformedEnvelope(reason));
  });
});
