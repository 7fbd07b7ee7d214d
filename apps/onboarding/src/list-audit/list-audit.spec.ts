import { randomUUID } from 'node:crypto';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { AuditKeys } from '../audit/audit-keys';
import { AuditTrail } from '../audit/audit-trail';
import { ChainAuditJob } from '../chain-audit/chain-audit.job';
import { OnboardingModule } from '../onboarding.module';
import { VerifyAuditHandler } from '../verify-audit/verify-audit.handler';
import { ListAuditController } from './list-audit.controller';

describe(ListAuditController.name, () => {
  let service: StartedService;
  let privacy: string;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    privacy = await service.token({ roles: ['privacy_officer'] });
  });
  afterAll(() => service?.close());

  const list = (query: string) => service.http.get(`/v1/audit?${query}`).auth(privacy, { type: 'bearer' });
  const rows = (name: string) => service.mongo.connection.collection<{ _id: string }>(name);
  const verify = () => service.get(VerifyAuditHandler).execute();
  const anEntry = (personId: string, fields: Record<string, unknown> = { phone: '+6281234567890' }) => ({
    action: 'contact.corrected',
    subject: { kind: 'cooperative', id: randomUUID() },
    personId,
    fields,
    by: 'officer-1',
    reason: 'mistyped',
  });

  it('shows what was done about a person, with digests of values only, the newest first and in pages', async () => {
    const personId = randomUUID();
    const trail = service.get(AuditTrail);
    for (const phone of ['+6281234567890', '+6281234567891', '+6281234567890'])
      await service.mongo.transaction((session) => trail.add(anEntry(personId, { phone }), session));
    await trail.add({ ...anEntry(randomUUID()), reason: 'Siti rang: her number is 0812' });
    const first = (await list(`personId=${personId}&limit=2`).expect(200)).body;
    const second = (await list(`personId=${personId}&limit=2&cursor=${first.nextCursor}`).expect(200)).body;
    const items = [...first.items, ...second.items];
    expect(items.map(({ action, by, reason }) => `${action} ${by} ${reason}`)).toEqual(
      Array(3).fill('contact.corrected officer-1 mistyped'),
    );
    // The same value is recognised, another one is not, and neither is written anywhere.
    const [third, other, earliest] = items.map(({ fields }) => fields[0].digest);
    expect(third).toBe(earliest);
    expect(third).not.toBe(other);
    expect(JSON.stringify(await rows('audit_entries').find({}).toArray())).not.toMatch(/\+62|Siti|0812/);
    expect(
      (await list('action=contact.corrected&by=officer-1&from=2999-01-01T00:00:00Z').expect(200)).body.items,
    ).toEqual([]);
    await list('cursor=nonsense').expect(422);
  });

  it('is for the privacy officer alone', async () => {
    for (const role of ['ministry', 'officer', 'operations'] as const)
      await service.http
        .get('/v1/audit')
        .auth(await service.token({ roles: [role] }), { type: 'bearer' })
        .expect(403);
    await service.http.get('/v1/audit').expect(401);
  });

  it('leaves nothing of what was not committed', async () => {
    const personId = randomUUID();
    const failing = service.mongo.transaction(async (session) => {
      await service.get(AuditTrail).add(anEntry(personId), session);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await list(`personId=${personId}`).expect(200)).body.items).toEqual([]);
  });

  it('chains what was added, also by two writers at once, and finds what is then taken away', async () => {
    const trail = service.get(AuditTrail);
    await trail.addAll(Array.from({ length: 20 }, () => anEntry(randomUUID(), {})));
    expect(await verify()).toMatchObject({ whole: true, unchained: expect.any(Number) });
    const job = service.get(ChainAuditJob);
    await Promise.all([job.process(), job.process()]);
    await trail.add(anEntry(randomUUID(), {}));
    const whole = await verify();
    expect(whole).toMatchObject({ whole: true, unchained: 1, head: { position: whole.entries - 1 } });
    // An entry that waits and is changed, one that stands and is removed, and one that came by another door.
    const waiting = await rows('audit_unchained').findOne({});
    await rows('audit_entries').updateOne({ _id: waiting?._id as string }, { $set: { by: 'nobody' } });
    const link = await rows('audit_links').findOneAndDelete({ position: whole.head?.position });
    const codes = (await verify()).findings.map(({ code }) => code).sort();
    expect(codes).toEqual(['end_missing', 'entry_changed', 'entry_unlisted']);
    await rows('audit_links').insertOne(link as { _id: string });
    await rows('audit_entries').updateOne({ _id: waiting?._id as string }, { $set: { by: 'officer-1' } });
    expect(await verify()).toMatchObject({ whole: true });
  });

  it('makes no digest any more once the key of a person is destroyed, and the trail stays whole', async () => {
    const personId = randomUUID();
    const keys = service.get(AuditKeys);
    await service.get(AuditTrail).add(anEntry(personId));
    await service.mongo.transaction((session) => keys.destroy(personId, session));
    await service.get(AuditTrail).add(anEntry(personId));
    expect(await keys.digester(personId)).toBeUndefined();
    const [after, before] = (await list(`personId=${personId}`).expect(200)).body.items;
    expect([before.fields, after.fields]).toEqual([
      [{ name: 'phone', digest: expect.stringMatching(/^[0-9a-f]{32}$/) }],
      [{ name: 'phone', digest: null }],
    ]);
    await service.get(ChainAuditJob).process();
    expect(await verify()).toMatchObject({ whole: true });
  });
});
