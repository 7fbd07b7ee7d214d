import { randomBytes } from 'node:crypto';
import { createHash } from 'node:crypto';
import { newId } from '@idxcoop/platform';
import { anOfficial } from '../../../../test/support/officials';
import { aSignUp, factsOf, signUpVerified, type SignedUp } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { HandInEvidenceController } from '../hand-in-evidence/hand-in-evidence.controller';
import { MOST_BYTES } from '../hand-in-evidence/read-evidence';
import { KeepEvidenceJob } from '../keep-evidence/keep-evidence.job';
import { OnboardingModule } from '../onboarding.module';
import { ReviewEvidenceController } from './review-evidence.controller';

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\nSiti Rahma '), randomBytes(200_000)]);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('evidence', () => {
  let service: StartedService;
  let officer: string;
  let cooperative: SignedUp;
  const as = (token: string) => ({ Authorization: `Bearer ${token}` });
  const handIn = (
    bytes: Buffer | string = PDF,
    fields: Record<string, string> = {},
    { token = cooperative.statusToken, id = cooperative.id, key = newId() } = {},
  ) => {
    const form = service.http
      .post(`/v1/cooperatives/${id}/evidence`)
      .set({ ...as(token), 'Idempotency-Key': key })
      .attach('file', Buffer.from(bytes), {
        filename: '../../siti rahma.exe',
        contentType: 'application/x-msdownload',
      });
    return form.field({ requirement: 'completeBoard', ...fields });
  };
  const get = (path: string, token = officer) => service.http.get(path).set(as(token));
  const decide = (id: string, body: object, token = officer) =>
    service.http.post(`/v1/evidence/${id}/decision`).set(as(token)).send(body);
  const audited = (action: string, id: string) =>
    service.mongo.connection.collection('audit_entries').countDocuments({ action, subjectId: id });
  const filesStored = () => service.mongo.connection.collection('evidence.files').countDocuments();
  const requirement = async (name = 'completeBoard') => {
    const { body } = await get(cooperative.statusUrl, cooperative.statusToken).expect(200);
    const { requirements } = body as {
      requirements: Record<string, unknown> & { items?: { key: string; state: string }[] };
    };
    return Object.entries(requirements)
      .filter(([, list]) => Array.isArray(list) && list.includes(name))
      .map(([list]) => list);
  };

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    officer = await service.token({ roles: ['officer'], territory: '12.71', subject: newId() });
  });
  beforeEach(async () => {
    cooperative = await signUpVerified(service, aSignUp());
  });
  afterEach(() => service.clock.reset());
  afterAll(() => service?.close());

  describe(HandInEvidenceController.name, () => {
    it('takes a document in by its content, encrypted, under nothing but its id', async () => {
      const { body, headers } = await handIn(PDF, { expiresOn: '2999-12-31' }).expect(201);
      expect(body).toEqual({
        id: expect.any(String),
        cooperativeId: cooperative.id,
        requirement: 'completeBoard',
        period: null,
        state: 'uploaded',
        mediaType: 'application/pdf',
        size: PDF.length,
        checksum: sha256(PDF),
        expiresOn: '2999-12-31',
        uploadedAt: expect.any(String),
        decidedAt: null,
        reasons: [],
      });
      expect(headers.location).toBe(`/v1/evidence/${body.id}`);
      const { connection } = service.mongo;
      const chunks = await connection.collection('evidence.chunks').find({ files_id: body.id }).toArray();
      const stored = Buffer.concat(chunks.map(({ data }) => (data as { buffer: Buffer }).buffer));
      expect(stored.length).toBeGreaterThan(PDF.length);
      expect(stored.includes('Siti') || stored.includes('%PDF')).toBe(false);
      const facts = await factsOf(service, body.id as string);
      expect(facts).toMatchObject([
        {
          type: 'onboarding.evidence.uploaded.v1',
          data: { requirement: 'completeBoard', by: 'applicant', size: PDF.length },
        },
      ]);
      const everything = [await connection.collection('evidence.files').findOne({ _id: body.id }), facts, body];
      expect(JSON.stringify(everything)).not.toMatch(/siti|exe/i);
      const list = await get(`/v1/cooperatives/${cooperative.id}/evidence`, cooperative.statusToken).expect(200);
      expect(list.body.items).toEqual([body]);
      expect(await requirement()).toContain('pendingVerification');
    });

    it.each<[string, Buffer]>([
      ['a program', Buffer.concat([Buffer.from('MZ'), randomBytes(100)])],
      ['a picture that runs scripts', Buffer.from('<svg onload="alert(1)"></svg>')],
      ['nothing', Buffer.alloc(0)],
      ['three bytes', Buffer.from('%PD')],
    ])('refuses %s', async (_case, bytes) => {
      const before = await filesStored();
      expect((await handIn(bytes).expect(415)).body.code).toBe('unsupported_file_type');
      expect(await filesStored()).toBe(before);
    });

    it('refuses what is too large, and keeps none of it', async () => {
      const before = await filesStored();
      const large = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(MOST_BYTES)]);
      await handIn(large).expect(413);
      expect(await filesStored()).toBe(before);
    });

    it.each<[string, Record<string, string>, string]>([
      ['another requirement', { requirement: 'verifiedContact' }, '/requirement'],
      ['a day that has passed', { expiresOn: '2020-01-01' }, '/expiresOn'],
      ['a day that is none', { expiresOn: '2999-02-30' }, '/expiresOn'],
      ['a field that is not ours', { path: '/etc/passwd' }, '/path'],
    ])('refuses %s', async (_case, fields, pointer) => {
      expect((await handIn(PDF, fields).expect(422)).body.errors).toMatchObject([{ pointer }]);
    });

    it('is for the cooperative, and for assistants and officers of its territory on its behalf', async () => {
      const other = await signUpVerified(service, aSignUp());
      await handIn(PDF, {}, { token: other.statusToken }).expect(403);
      await handIn(PDF, {}, { token: 'nonsense' }).expect(401);
      const assistant = (territory: string) => service.token({ roles: ['assistant'], territory, subject: 'assistant' });
      await handIn(PDF, {}, { token: await assistant('13') }).expect(404);
      const { body } = await handIn(PDF, {}, { token: await assistant('12.71') }).expect(201);
      expect(await factsOf(service, body.id as string)).toMatchObject([{ data: { by: 'assistant' } }]);
      await handIn(PDF, {}, { token: await service.token({ roles: ['editor'], territory: 'ID' }) }).expect(403);
    });

    it('answers a repeated key once, and no other file under it', async () => {
      const key = newId();
      const first = await handIn(PDF, {}, { key }).expect(201);
      const again = await handIn(PDF, {}, { key }).expect(201);
      expect([again.body.id, again.headers['idempotent-replayed']]).toEqual([first.body.id, 'true']);
      const other = await handIn(Buffer.concat([PDF, Buffer.from('.')]), {}, { key }).expect(422);
      expect(other.body.code).toBe('idempotency_key_reused');
    });
  });

  describe(ReviewEvidenceController.name, () => {
    it('gives a document to the officers of its case, as a file to keep, and remembers it', async () => {
      const { body } = await handIn().expect(201);
      const path = `/v1/evidence/${body.id}/file`;
      const { body: bytes, headers } = await get(path).buffer(true).expect(200);
      expect(sha256(bytes as Buffer)).toBe(body.checksum);
      expect(headers).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="${body.id}.pdf"`,
        'x-content-type-options': 'nosniff',
      });
      expect(await audited('evidence.read', body.id as string)).toBe(1);
      await get(path, cooperative.statusToken).expect(401);
      await get(path, await service.token({ roles: ['assistant'], territory: '12.71' })).expect(403);
      await get(path, await service.token({ roles: ['officer'], territory: '12.07' })).expect(404);
      await get(path, await service.token({ roles: ['verifier'], territory: '12' })).expect(200);
      await get(`/v1/evidence/${newId()}/file`).expect(404);
      expect(await audited('evidence.read', body.id as string)).toBe(2);
    });

    it('gives nothing to an official who speaks for the cooperative', async () => {
      const address = 'ketua@petugas.example';
      cooperative = await signUpVerified(service, aSignUp({}, { email: address }));
      const partial = await anOfficial(service, '12.71', { contacts: { email: address } });
      const { body } = await handIn().expect(201);
      expect((await get(`/v1/evidence/${body.id}/file`, partial.token).expect(403)).body.code).toBe(
        'conflict_of_interest',
      );
      await decide(body.id as string, { decision: 'accept' }, partial.token).expect(403);
    });

    it('accepts one document and rejects another, and the requirement follows', async () => {
      const [first, second] = [(await handIn().expect(201)).body.id, (await handIn().expect(201)).body.id] as string[];
      const reasons = [{ code: 'unreadable', note: 'Foto buram.' }];
      const { body } = await decide(first as string, { decision: 'reject', reasons }).expect(200);
      expect(body).toMatchObject({ state: 'rejected', reasons });
      expect(await requirement()).toEqual(expect.arrayContaining(['currentlyDue']));
      await decide(second as string, { decision: 'accept' }).expect(200);
      expect(await requirement()).toContain('satisfied');
      expect((await decide(first as string, { decision: 'accept' }).expect(409)).body.code).toBe('evidence_decided');
      await decide(second as string, { decision: 'reject' }).expect(422);
      await decide(second as string, { decision: 'accept', reasons }).expect(422);
      const facts = await factsOf(service, first as string);
      expect(facts.map(({ type }) => type)).toEqual([
        'onboarding.evidence.uploaded.v1',
        'onboarding.evidence.rejected.v1',
      ]);
      expect(JSON.stringify(facts)).not.toContain('buram');
      expect(await audited('evidence.rejected', first as string)).toBe(1);
      const list = await get(`/v1/evidence?cooperativeId=${cooperative.id}&state=accepted`).expect(200);
      expect(list.body.items).toMatchObject([{ id: second }]);
    });

    it('asks again when an accepted document has run out, once', async () => {
      service.clock.set('2026-03-02T03:00:00Z');
      const { body } = await handIn(PDF, { expiresOn: '2026-03-31' }).expect(201);
      await decide(body.id as string, { decision: 'accept' }).expect(200);
      const job = service.get(KeepEvidenceJob);
      service.clock.set('2026-03-31T16:59:59Z');
      expect(await job.due(service.clock.now())).toEqual([]);
      service.clock.set('2026-03-31T17:00:00Z');
      expect(await job.due(service.clock.now())).toHaveLength(1);
      await Promise.all([job.process(), job.process()]);
      expect(await job.due(service.clock.now())).toEqual([]);
      expect((await get(`/v1/evidence/${body.id}`).expect(200)).body).toMatchObject({ state: 'expired' });
      expect((await factsOf(service, body.id as string)).at(-1)).toMatchObject({
        sequence: 3,
        data: { reasonCodes: ['expired'], by: 'system' },
      });
      expect(await requirement()).not.toContain('satisfied');
    });

    it('sweeps away bytes that no document names', async () => {
      const { body } = await handIn().expect(201);
      const files = service.mongo.connection.collection('evidence.files');
      const before = await filesStored();
      await handIn(PDF, { expiresOn: '2020-01-01' }).expect(422);
      expect(await filesStored()).toBe(before + 1);
      await files.updateMany({}, { $set: { uploadDate: new Date(0) } });
      await service.get(KeepEvidenceJob).process();
      expect(await files.countDocuments({ 'metadata.kept': false })).toBe(0);
      await get(`/v1/evidence/${body.id}/file`).expect(200);
    });
  });
});
