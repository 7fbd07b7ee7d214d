import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Module,
  Param,
  Post,
  type RawBodyRequest,
  Req,
} from '@nestjs/common';
import { problem, Public, requireMatch } from '@idxcoop/platform';
import { IsString } from 'class-validator';
import type { Request } from 'express';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { Accepts } from './media-type.guard';
import { ProblemFilter } from './problem.filter';

const duplicate = problem('duplicate_cooperative', 409, { id: 'Koperasi sudah terdaftar', en: 'Already registered' });

class NameDto {
  @IsString() name!: string;
}

@Public()
@Controller('v1/things')
class ThingsController {
  @Get(':id')
  read(@Param('id') id: string) {
    if (id === 'broken') throw new Error('secret of the database');
    if (id === 'duplicate')
      throw duplicate({
        detail: { id: 'Sudah ada', en: 'There already' },
        survivor: '/v1/things/1',
        headers: { 'X-More': 'yes' },
      });
    return { id };
  }

  @Post()
  create(@Body() body: NameDto) {
    return body;
  }

  @Post(':id/change')
  @HttpCode(200)
  change(@Headers('if-match') ifMatch: string | undefined) {
    requireMatch(ifMatch, 2);
    return { version: 3 };
  }

  @Accepts('application/x-www-form-urlencoded')
  @Post('form')
  form(@Body() body: Record<string, string>, @Req() request: RawBodyRequest<Request>) {
    return { ...body, raw: request.rawBody?.toString() };
  }

  @Post('raw')
  raw(@Req() request: RawBodyRequest<Request>) {
    return { raw: request.rawBody?.toString() };
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {
  static readonly service = 'onboarding' as const;
}

describe(ProblemFilter.name, () => {
  let service: StartedService;
  beforeAll(async () => {
    service = await startService(ThingsModule, { roles: ['api'], config: { bodyLimit: 20_480, logLevel: 'silent' } });
  });
  afterAll(() => service?.close());

  it('writes a document of RFC 9457 with everything that was thrown', async () => {
    const { body, headers } = await service.http
      .get('/v1/things/duplicate?token=secret')
      .set('traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')
      .expect(409);
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': 'id',
      'x-more': 'yes',
    });
    expect(headers.traceparent).toContain('0af7651916cd43dd8448eb211c80319c');
    expect(body).toEqual({
      type: 'urn:idxcoop:problem:duplicate_cooperative',
      title: 'Koperasi sudah terdaftar',
      status: 409,
      code: 'duplicate_cooperative',
      detail: 'Sudah ada',
      instance: '/v1/things/duplicate',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      survivor: '/v1/things/1',
    });
  });

  it.each([
    ['objects', `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`],
    ['lists', `{"name":${'['.repeat(3_000)}${']'.repeat(3_000)}}`],
    ['a prototype', '{"name":"Maju","__proto__":{"admin":true}}'],
  ])('calls a body of endless %s malformed', async (_, body) => {
    const answer = await service.http.post('/v1/things').type('json').send(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'malformed' });
  });

  it('always says a detail', async () => {
    const { body } = await service.http.post('/v1/things').send({});
    expect(body.detail).toBe(body.errors[0].message);
  });

  it('speaks English to those who prefer it', async () => {
    const { body, headers } = await service.http
      .get('/v1/things/duplicate')
      .set('Accept-Language', 'en-GB')
      .expect(409);
    expect(body).toMatchObject({ title: 'Already registered', detail: 'There already' });
    expect(headers['content-language']).toBe('en');
  });

  it('says nothing of what failed inside', async () => {
    const { body, text } = await service.http.get('/v1/things/broken').expect(500);
    expect(body).toMatchObject({ code: 'internal', status: 500 });
    expect(text).not.toMatch(/secret|stack|at /);
  });

  it.each([
    ['an unknown path', 'GET', '/v1/nothing', undefined, undefined, 404, 'not_found'],
    ['an unknown path below a known one', 'GET', '/v1/things/1/2/3', undefined, undefined, 404, 'not_found'],
    ['another method', 'DELETE', '/v1/things/1', undefined, undefined, 405, 'method_not_allowed'],
    ['a path that is no text', 'GET', '/v1/things/%E0%A4%A', undefined, undefined, 400, 'malformed'],
    ['malformed JSON', 'POST', '/v1/things', 'application/json', '{"name":', 400, 'malformed'],
    ['JSON that is no object', 'POST', '/v1/things', 'application/json', '"name"', 400, 'malformed'],
    ['a list', 'POST', '/v1/things', 'application/json', '[]', 400, 'malformed'],
    ['another encoding', 'POST', '/v1/things', 'application/json; charset=latin1', '{}', 415, 'unsupported_media_type'],
    ['another content type', 'POST', '/v1/things', 'text/plain', 'name', 415, 'unsupported_media_type'],
    [
      'a form where JSON is expected',
      'POST',
      '/v1/things',
      'application/x-www-form-urlencoded',
      'name=x',
      415,
      'unsupported_media_type',
    ],
    [
      'a body that is too large',
      'POST',
      '/v1/things',
      'application/json',
      JSON.stringify({ name: 'x'.repeat(30_000) }),
      413,
      'too_large',
    ],
    ['no body', 'POST', '/v1/things', undefined, undefined, 422, 'invalid'],
    ['an unknown field', 'POST', '/v1/things', 'application/json', '{"name":"x","admin":true}', 422, 'unknown_field'],
  ])('refuses %s', async (_, method, path, type, body, status, code) => {
    const response = await fetch(`${service.url}${path}`, {
      method,
      ...(body !== undefined && { body }),
      headers: { ...(type && { 'content-type': type }) },
    });
    const document = (await response.json()) as object;
    expect({ status: response.status, ...document }).toMatchObject({ status, code });
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('names the methods that a path takes', async () => {
    const { headers } = await service.http.delete('/v1/things/1').expect(405);
    expect(headers.allow).toBe('GET, HEAD');
  });

  it.each([
    [undefined, 428, 'if_match_required'],
    ['"1"', 412, 'precondition_failed'],
  ])('refuses a change with If-Match %p', async (header, status, code) => {
    const request = service.http.post('/v1/things/1/change');
    const { body } = await (header ? request.set('If-Match', header) : request).expect(status);
    expect(body.code).toBe(code);
    await service.http.post('/v1/things/1/change').set('If-Match', '"2"').expect(200, { version: 3 });
  });

  it('takes a form where the route asks for one', async () => {
    await service.http.post('/v1/things/form').type('form').send('a=1').expect(201, { a: '1', raw: 'a=1' });
    await service.http.post('/v1/things/form').send({ a: 1 }).expect(415);
  });

  it('keeps the bytes of a body for signatures', async () => {
    await service.http
      .post('/v1/things/raw')
      .set('content-type', 'application/json')
      .send('{"a" : 1}')
      .expect(201, { raw: '{"a" : 1}' });
  });

  it('sends security headers and no trace of its making', async () => {
    const { headers } = await service.http.get('/v1/things/1').expect(200);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'self'"),
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('etag');
  });
});
