import { newId } from '@idxcoop/platform';
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Editor } from '../../../../test/support/library';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { ContentIndexingModule } from '../content-indexing.module';
import { KnownCooperative } from '../remember-cooperative/known-cooperative.schema';
import { RecommendItemsHandler } from './recommend-items.handler';

describe(RecommendItemsHandler.name, () => {
  let service: StartedService;
  let editor: Editor;
  const known = newId();

  beforeAll(async () => {
    service = await startService(ContentIndexingModule);
    editor = await Editor.of(service);
    const cooperatives = service.app.get<Model<KnownCooperative>>(getModelToken(KnownCooperative.name), {
      strict: false,
    });
    await cooperatives.create({ _id: known, type: 'producer', form: 'primary', provinceCode: '12', sequence: 1 });
    await editor.bring({ title: 'Tata kelola', kind: 'article' });
    await editor.bring({ title: 'Kredit anggota', kind: 'practice', tags: ['savings_loan'] });
    await editor.bring({ title: 'Undang-undang', kind: 'regulation', tags: ['producer'] });
    await editor.bring({ title: 'Panen bersama', kind: 'practice', tags: ['producer'] });
    const last = await editor.bring({ title: 'Harvest', kind: 'practice', language: 'en', tags: ['producer'] });
    await editor.search({ minSeq: last.seq });
  });
  afterAll(() => service?.close());

  const recommend = async (cooperativeId: string, language = 'id') =>
    (
      await service.http
        .get('/v1/recommendations')
        .query({ cooperativeId })
        .set('Accept-Language', language)
        .expect(200)
    ).body.items as { id: string; title: string; reason: { code: string; text: string } }[];

  it('recommends what is about the type of the cooperative first, then what everybody can use, each with the reason', async () => {
    const items = await recommend(known);
    expect(items.map(({ title, reason }) => [title, reason.code, reason.text])).toEqual([
      ['Panen bersama', 'type', 'Banyak dibutuhkan koperasi produsen'],
      ['Harvest', 'type', 'Banyak dibutuhkan koperasi produsen'],
      ['Tata kelola', 'general', 'Berguna bagi setiap koperasi'],
    ]);
    expect(items[0]).toEqual({
      id: expect.any(String),
      revision: 1,
      kind: 'practice',
      title: 'Panen bersama',
      summary: '',
      publishedAt: expect.any(String),
      reason: { code: 'type', text: expect.any(String) },
    });
  });

  it('speaks the language of the reader', async () => {
    const [first] = await recommend(known, 'en');
    expect(first).toMatchObject({ title: 'Harvest', reason: { text: 'Useful to producer cooperatives' } });
  });

  it('gives what everybody can use to a cooperative that it does not know yet', async () => {
    expect((await recommend(newId())).map(({ title }) => title)).toEqual(['Tata kelola']);
  });

  it('recommends nothing that was withdrawn', async () => {
    const { id } = await editor.bring({ title: 'Pupuk murah', kind: 'practice', tags: ['producer'] });
    const { seq } = await editor.publish(id);
    await editor.search({ minSeq: seq });
    expect((await recommend(known)).map(({ title }) => title)).toContain('Pupuk murah');
    await editor.withdraw(id);
    expect((await recommend(known)).map(({ title }) => title)).not.toContain('Pupuk murah');
  });

  it('wants an id', async () => {
    await service.http.get('/v1/recommendations').expect(422);
    await service.http.get('/v1/recommendations?cooperativeId=x').expect(422);
  });
});
