import { Log } from './log';
import { runInTrace } from './trace';

function capture(level = 'info') {
  const lines: Record<string, unknown>[] = [];
  const log = new Log(
    level,
    { service: 'onboarding' },
    { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  return { log, lines };
}

describe(Log.name, () => {
  it('writes the service, and the trace and role of the work that runs', () => {
    const { log, lines } = capture();
    runInTrace('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', () => log.info({ queue: 'q' }, 'hello'), {
      role: 'jobs',
    });
    log.info({}, 'outside');
    expect(lines[0]).toMatchObject({
      level: 'info',
      service: 'onboarding',
      role: 'jobs',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      queue: 'q',
      msg: 'hello',
    });
    expect(lines[1]).not.toHaveProperty('traceId');
  });

  it('writes no personal field, however deep', () => {
    const { log, lines } = capture();
    log.info(
      { email: 'siti@example.id', person: { contact: { phone: '+62812' }, list: [{ token: 'abc' }] }, count: 3 },
      'x',
    );
    expect(JSON.stringify(lines)).not.toMatch(/siti|62812|abc/);
    expect(lines[0]).toMatchObject({
      email: '[redacted]',
      person: { contact: '[redacted]', list: [{ token: '[redacted]' }] },
      count: 3,
    });
  });

  it('writes class, code and stack of an error, and no message of a driver', () => {
    const { log, lines } = capture();
    class MongoServerError extends Error {
      readonly code = 11000;
    }
    log.error({ err: new MongoServerError('dup key: { email: "siti@example.id" }') }, 'failed');
    log.error({ err: new TypeError('cannot send to siti@example.id at +62 812 3456 7890') }, 'failed');
    expect(lines[0]).toMatchObject({
      err: { class: 'MongoServerError', code: 11000, stack: expect.stringMatching(/^\s+at /) },
    });
    expect(lines[1]).toMatchObject({ err: { class: 'TypeError', message: 'cannot send to [address] at [number]' } });
    expect(JSON.stringify(lines)).not.toContain('siti');
  });

  it('keeps to its level', () => {
    const { log, lines } = capture('warn');
    log.info({}, 'quiet');
    log.warn({}, 'loud');
    expect(lines.map((line) => line.msg)).toEqual(['loud']);
  });
});
