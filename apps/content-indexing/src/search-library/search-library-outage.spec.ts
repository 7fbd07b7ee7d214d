import { loadConfig } from '@idxcoop/platform';
import { Editor } from '../../../../test/support/library';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { proxied, type TcpProxy } from '../../../../test/support/tcp-proxy';
import { eventually } from '../../../../test/support/eventually';
import { ContentIndexingModule } from '../content-indexing.module';
import { SearchLibraryController } from './search-library.controller';

describe(SearchLibraryController.name, () => {
  let service: StartedService;
  let door: TcpProxy & { url: string };

  beforeAll(async () => {
    door = await proxied(loadConfig({ ...process.env, NODE_ENV: 'test' }).mongodbUri);
    service = await startService(ContentIndexingModule, { config: { mongodbUri: door.url, mongodbTimeout: 500 } });
  });
  afterAll(async () => {
    await door?.restore();
    await service?.close();
    await door?.close();
  });

  it('answers 503 while the guard cannot be asked, and again when it can', async () => {
    const editor = await Editor.of(service);
    const { id, seq } = await editor.bring({ title: 'Koperasi padam listrik' });
    expect((await editor.search({ q: 'padam', minSeq: seq })).items[0]?.id).toBe(id);
    await door.cut();
    const refused = await service.http.get('/v1/search?q=padam').expect(503);
    expect(refused.body).toMatchObject({ code: 'unavailable', status: 503 });
    expect(refused.headers['retry-after']).toBeDefined();
    expect(refused.body.items).toBeUndefined();
    await door.restore();
    await eventually(async () => expect((await editor.search({ q: 'padam' })).items[0]?.id).toBe(id));
  });
});
