import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StartedService } from './start-service';

const FOLDER = join(__dirname, '../../apps/content-indexing/data/library');

export interface Manuscript {
  kind: string;
  title: string;
  summary?: string;
  body: string;
  language: string;
  tags: string[];
}

export interface Changed {
  id: string;
  revision: number;
  state: string;
  seq: number;
}

export interface SearchAnswer {
  query: { q: string; tokens: string[]; didYouMean: string | null };
  total: number;
  items: {
    id: string;
    revision: number;
    kind: string;
    title: string;
    snippet: string;
    score: number;
    publishedAt: string;
  }[];
  nextCursor: string | null;
  facets: { kind: { value: string; count: number }[] };
  seq: number;
}

/** A manuscript with everything that is not given. */
export function manuscript(part: Partial<Manuscript> = {}): Manuscript {
  return {
    kind: 'article',
    title: 'Pembukuan koperasi',
    summary: '',
    body: 'Isi tulisan.',
    language: 'id',
    tags: [],
    ...part,
  };
}

/** The first library of an installation, by file name. */
export function firstLibrary(): Map<string, Manuscript> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
  return new Map(files.map((name) => [name.replace(/\.md$/, ''), parse(readFileSync(join(FOLDER, name), 'utf8'))]));
}

function parse(file: string): Manuscript {
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(file) ?? [];
  const fields = Object.fromEntries(head.split('\n').map((line) => line.split(/:\s*(.*)/s).slice(0, 2)));
  const { kind, title, summary, language, tags } = fields as Record<string, string>;
  return {
    kind,
    title,
    summary,
    language,
    body: body.trim(),
    tags: tags?.split(',').map((tag) => tag.trim()),
  } as Manuscript;
}

/** An editor at work, through the public doors. */
export class Editor {
  private constructor(
    private readonly service: StartedService,
    private readonly token: string,
  ) {}

  static async of(service: StartedService): Promise<Editor> {
    return new Editor(service, await service.token({ roles: ['editor'], subject: 'icci' }));
  }

  async write(text: Partial<Manuscript> = {}): Promise<Changed> {
    return this.send('post', '/v1/library/items', manuscript(text), 201);
  }

  async revise(id: string, text: Partial<Manuscript> = {}): Promise<Changed> {
    return this.send('put', `/v1/library/items/${id}`, manuscript(text), 200);
  }

  async publish(id: string): Promise<Changed> {
    return this.send('post', `/v1/library/items/${id}/publish`, {}, 200);
  }

  async withdraw(id: string, reason = 'usang'): Promise<Changed> {
    return this.send('post', `/v1/library/items/${id}/withdraw`, { reason }, 200);
  }

  /** Writes and publishes. */
  async bring(text: Partial<Manuscript> = {}): Promise<Changed> {
    const { id } = await this.write(text);
    return this.publish(id);
  }

  async search(query: Record<string, string | number>): Promise<SearchAnswer> {
    const { body } = await this.service.http.get('/v1/search').query(query).expect(200);
    return body as SearchAnswer;
  }

  private async send(method: 'post' | 'put', path: string, body: object, status: number): Promise<Changed> {
    const request = this.service.http[method](path).set('Authorization', `Bearer ${this.token}`).send(body);
    return (await request.expect(status)).body as Changed;
  }
}
