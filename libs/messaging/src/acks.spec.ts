import type { Channel, ConsumeMessage } from 'amqplib';
import { Acks } from './acks';

/** What a channel was told, in the broker's terms: which deliveries are settled, and how. */
function channel() {
  const open: ConsumeMessage[] = [];
  const settled: string[] = [];
  const settle = (message: ConsumeMessage, how: string, allUpTo = false) => {
    const until = open.indexOf(message);
    for (const one of allUpTo ? open.splice(0, until + 1) : open.splice(until, 1))
      settled.push(`${how} ${one.content}`);
  };
  return {
    settled,
    deliver: (name: string) => {
      const message = { content: Buffer.from(name) } as ConsumeMessage;
      open.push(message);
      return message;
    },
    port: {
      ack: (message: ConsumeMessage, allUpTo?: boolean) => settle(message, 'ack', allUpTo),
      reject: (message: ConsumeMessage) => settle(message, 'back'),
    } as unknown as Channel,
  };
}

describe(Acks.name, () => {
  const start = () => {
    const broker = channel();
    const acks = new Acks(broker.port);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => broker.deliver(name)) as [
      ConsumeMessage,
      ConsumeMessage,
      ConsumeMessage,
    ];
    for (const message of [a, b, c]) acks.take(message);
    return { acks, a, b, c, settled: broker.settled };
  };

  it('acknowledges what is finished and nothing between', () => {
    const { acks, a, c, settled } = start();
    acks.finish(a);
    acks.finish(c);
    acks.end();
    expect(settled).toEqual(['ack a', 'ack c']);
  });

  it('gives one back without acknowledging it, whatever is finished around it', () => {
    const { acks, a, b, c, settled } = start();
    acks.finish(a);
    acks.finish(c);
    acks.giveBack(b);
    acks.end();
    expect(settled.sort()).toEqual(['ack a', 'ack c', 'back b']);
  });

  it('says nothing more on a channel that is gone', () => {
    const { acks, a, b, settled } = start();
    acks.finish(a);
    acks.lose();
    acks.giveBack(b);
    expect(settled).toEqual([]);
  });
});
