import { DigestComposedV1 } from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../../../../test/support/eventually';
import { close, importedReady, startReporting } from '../../../../test/support/reporting';
import { ComposeDigestJob } from './compose-digest.job';

describe(ComposeDigestJob.name, () => {
  const officialId = newId();
  let onboarding: Server;
  let reporting: Awaited<ReturnType<typeof startReporting>>;
  let key: string;

  beforeAll(async () => {
    onboarding = createServer((request, response) => {
      const items = request.url === `/internal/officials?id=${officialId}` ? [{ officialId, channel: 'email' }] : [];
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ items }));
    });
    await new Promise<void>((resolve) => onboarding.listen(0, '127.0.0.1', resolve));
    const onboardingUrl = `http://127.0.0.1:${(onboarding.address() as AddressInfo).port}`;
    reporting = await startReporting({ config: { onboardingUrl } });
    reporting.service.clock.set('2020-10-08T20:00:00Z');
    key = await reporting.setTarget();
    await reporting.learn(importedReady(10, '2020-10-08', close('2020-10-08')));
  });
  afterAll(async () => {
    await reporting?.close();
    onboarding?.close();
  });
  beforeEach(() => reporting.service.clock.set('2020-10-08T20:00:00Z'));

  const order = (fields: object = {}, status = 201) =>
    reporting.http
      .post('/v1/digest-subscriptions')
      .set('authorization', reporting.lead)
      .send({ officialId, target: key, period: 'daily', ...fields })
      .expect(status);
  const facts = async (target = key) => {
    const rows = await reporting.collection('outbox').find({ type: DigestComposedV1.event }).sort({ _id: 1 }).toArray();
    return rows
      .map((row) => JSON.parse(String(row['envelope'] ?? row['body'])).data)
      .filter(({ targetKey }) => targetKey === target);
  };

  it('tells the figures of the day before, some time before the hour, once', async () => {
    const { body, headers } = await order();
    expect(headers['location']).toBe(`/v1/digest-subscriptions/${body.id}`);
    expect(body).toMatchObject({ orderedFor: '07:00', nextAt: '2020-10-08T23:45:00.000Z', lastAsOf: null });
    const job = reporting.service.get(ComposeDigestJob);
    expect(await job.due(new Date('2020-10-08T23:44:00Z'), 10)).toEqual([]);
    reporting.service.clock.set('2020-10-08T23:46:00Z');
    await Promise.all([1, 2, 3].map(() => job.process({ subscriptionId: body.id })));
    expect(await facts()).toMatchObject([
      {
        officialId,
        asOf: '2020-10-08',
        actual: 10,
        target: 500,
        orderedFor: '07:00',
        status: 'insufficient_history',
        daysLeft: 84,
      },
    ]);
    const shown = await reporting.http
      .get(`/v1/digest-subscriptions/${body.id}`)
      .set('authorization', reporting.lead)
      .expect(200);
    expect(shown.body).toMatchObject({ nextAt: '2020-10-09T23:45:00.000Z', lastAsOf: '2020-10-08' });
  });

  it('is found by the timer, and makes up once for the days that nobody ran', async () => {
    const target = await reporting.setTarget();
    const { body } = await order({ target });
    reporting.service.clock.set('2020-10-13T01:00:00Z');
    await reporting.tick();
    await eventually(async () => expect(await facts(target)).toMatchObject([{ asOf: '2020-10-12', actual: 10 }]));
    const { body: after } = await reporting.http
      .get(`/v1/digest-subscriptions/${body.id}`)
      .set('authorization', reporting.lead);
    expect(after.nextAt).toBe('2020-10-13T23:45:00.000Z');
  });

  it('says nothing while nothing changes, where that was ordered, and what was gained once it does', async () => {
    const target = await reporting.setTarget();
    const { body } = await order({ target, skipIfUnchanged: true });
    const job = reporting.service.get(ComposeDigestJob);
    for (const day of ['08', '09', '10']) {
      reporting.service.clock.set(`2020-10-${day}T23:50:00Z`);
      await job.process({ subscriptionId: body.id });
    }
    expect(await facts(target)).toHaveLength(1);
    await reporting.learn(importedReady(2, '2020-10-11', close('2020-10-11')));
    reporting.service.clock.set('2020-10-11T23:50:00Z');
    await job.process({ subscriptionId: body.id });
    expect(await facts(target)).toMatchObject([{ actual: 10 }, { asOf: '2020-10-11', actual: 12, gained: 2 }]);
  });

  it('refuses what there is not, what there is already, and who may not', async () => {
    const { body } = await order({ officialId: newId(), target: 'no-such', orderedFor: '25:00' }, 422);
    expect(body.errors).toMatchObject([{ pointer: '/orderedFor', code: 'not_hour' }]);
    const unknown = await order({ officialId: newId(), target: 'no-such' }, 422);
    expect(unknown.body.errors).toMatchObject([
      { pointer: '/target', code: 'unknown_target' },
      { pointer: '/officialId', code: 'unknown_official' },
    ]);
    expect((await order({}, 409)).body.code).toBe('digest_exists');
    await reporting.http.get('/v1/digest-subscriptions').expect(401);
  });

  it('stops when it is taken back', async () => {
    const target = await reporting.setTarget();
    const { body } = await order({ target, period: 'weekly' });
    expect(body.nextAt).toBe('2020-10-11T23:45:00.000Z');
    await reporting.http.delete(`/v1/digest-subscriptions/${body.id}`).set('authorization', reporting.lead).expect(204);
    await reporting.http.delete(`/v1/digest-subscriptions/${body.id}`).set('authorization', reporting.lead).expect(404);
    reporting.service.clock.set('2020-10-12T00:00:00Z');
    await reporting.service.get(ComposeDigestJob).process({ subscriptionId: body.id });
    expect(await facts(target)).toEqual([]);
  });
});
