import { currentTrace, runInTrace, traceparent } from './trace';

describe(runInTrace.name, () => {
  it('goes on with the trace of the wire, in a span of its own', async () => {
    const incoming = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';
    const outgoing = await runInTrace(incoming, async () => {
      await Promise.resolve();
      return traceparent();
    });
    expect(outgoing).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00$/);
    expect(outgoing).not.toContain('b7ad6b7169203331');
  });

  it.each([undefined, '', 'nonsense', '00-00000000000000000000000000000000-b7ad6b7169203331-01', '00-0AF7-b7ad-01'])(
    'begins a new trace for %p',
    (incoming) => {
      const first = runInTrace(incoming, () => currentTrace()?.traceId);
      expect(first).toMatch(/^[0-9a-f]{32}$/);
      expect(runInTrace(incoming, () => currentTrace()?.traceId)).not.toBe(first);
    },
  );

  it('has no trace outside of any work', () => {
    expect(traceparent()).toBeUndefined();
  });
});
