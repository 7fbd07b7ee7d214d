import { randomUUID } from 'node:crypto';
import { eventually } from './eventually';
import type { StartedService } from './start-service';

export const IMPORT_HEADER =
  'external_id,name,form,type,principle,region_code,legal_entity_number,nik_koperasi,website,contact_name,contact_position,contact_email,contact_phone,declared_ready_on,verified_on,known_at,consent_version';

export type Cells = Partial<Record<string, string>>;

/** A CSV file of these rows that no other test has; what is left out of a row is a good default. */
export function csv(rows: Cells[]): string {
  const mark = randomUUID().slice(0, 8);
  const lines = rows.map((cells, at) => {
    const defaults = {
      external_id: `${mark}-${at}`,
      name: `Koperasi ${mark} ${at}`,
      form: 'primary',
      type: 'consumer',
      region_code: '12.71',
    };
    const all: Cells = { ...defaults, ...cells };
    return IMPORT_HEADER.split(',')
      .map((column) => all[column] ?? '')
      .join(',');
  });
  return [IMPORT_HEADER, ...lines, ''].join('\n');
}

/** So many rows. */
export const many = (count: number, cells: (at: number) => Cells = () => ({})) =>
  Array.from({ length: count }, (_, at) => cells(at));

export interface ImportAnswer {
  id: string;
  state: string;
  finishedAt: string | null;
  totals: { rows: number; created: number; updated: number; unchanged: number; duplicates: number; rejected: number };
}

/** The doors of imports, as one uploader uses them. */
export function importsOf(service: StartedService, token: string) {
  const send = (file: string | Buffer, query: object = {}) =>
    service.http
      .post('/v1/imports/cooperatives')
      .query(query)
      .auth(token, { type: 'bearer' })
      .attach('file', Buffer.from(file), { filename: 'data.csv', contentType: 'text/csv' });
  const get = (path: string) => service.http.get(path).auth(token, { type: 'bearer' });
  const finished = (id: string): Promise<ImportAnswer> =>
    eventually(async () => {
      const { body } = await get(`/v1/imports/${id}`).expect(200);
      expect(['completed', 'failed']).toContain(body.state);
      return body as ImportAnswer;
    }, 60_000);
  const run = async (file: string, query: object = {}) =>
    finished((await send(file, query).expect(202)).body.id as string);
  const errors = async (id: string, language = 'id') =>
    (await get(`/v1/imports/${id}/errors.csv`).set('Accept-Language', language).expect(200)).text;
  const rollBack = (id: string) => service.http.post(`/v1/imports/${id}/rollback`).auth(token, { type: 'bearer' });
  return { send, get, finished, run, errors, rollBack };
}
