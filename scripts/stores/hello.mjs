import { ask } from './poll.mjs';

/**
 * MongoDB's `{ hello: 1, $db: 'admin' }` as an OP_MSG, written by hand: readiness is asked before any driver is installed.
 * @returns {Buffer}
 */
function helloMessage() {
  const int32 = (/** @type {number} */ value) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return bytes;
  };
  const elements = Buffer.concat([
    Buffer.from('\x10hello\0'),
    int32(1),
    Buffer.from('\x02$db\0'),
    int32(6),
    Buffer.from('admin\0\0'),
  ]);
  const document = Buffer.concat([int32(elements.length + 4), elements]);
  const header = [int32(16 + 4 + 1 + document.length), int32(1), int32(0), int32(2013)];
  return Buffer.concat([...header, int32(0), Buffer.from([0]), document]);
}

/**
 * @param {number} port
 * @returns {Promise<'away' | 'answers' | 'writable'>}
 */
export async function hello(port) {
  const answer = await ask(port, helloMessage());
  if (answer === undefined || answer.length === 0) return 'away';
  const writable = Buffer.from('\x08isWritablePrimary\0\x01', 'latin1');
  return answer.includes(writable) ? 'writable' : 'answers';
}
