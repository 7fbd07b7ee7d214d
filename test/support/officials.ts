import type { StartedService } from './start-service';

let count = 0;

/** Somebody in office, through the ministry's door: says their id, and a token of theirs. */
export async function anOfficial(service: StartedService, territory: string, fields: object = {}) {
  count += 1;
  const serial = String(count).padStart(4, '0');
  const { body } = await service.http
    .post('/v1/officials')
    .auth(await service.token({ roles: ['ministry'] }), { type: 'bearer' })
    .send({
      name: `Petugas ${serial}`,
      office: `Dinas ${territory}`,
      roles: ['officer'],
      territory,
      contacts: { email: `petugas${serial}@dinas.example` },
      ...fields,
    })
    .expect(201);
  const id = body.id as string;
  return { id, token: await service.token({ roles: ['officer'], territory, subject: id }) };
}
