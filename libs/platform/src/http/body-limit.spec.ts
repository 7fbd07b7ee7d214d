import { Body, Controller, HttpCode, Module, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { BodyLimit, Public, RawBody } from '@idxcoop/platform';
import type { Request } from 'express';
import { type StartedService, startService } from '../../../../test/support/start-service';

@Public()
@Controller('v1/things')
class ThingsController {
  @Post()
  @HttpCode(200)
  small(@Req() request: RawBodyRequest<Request>) {
    return { bytes: request.rawBody?.length };
  }

  @BodyLimit(8_192)
  @Post(':id/large')
  @HttpCode(200)
  large(@Req() request: RawBodyRequest<Request>, @Body() body: { text: string }) {
    return { bytes: request.rawBody?.length, letters: body.text.length };
  }

  @RawBody(2_048, 'message/rfc822')
  @Post('mail')
  @HttpCode(200)
  mail(@Req() request: RawBodyRequest<Request>) {
    return { bytes: request.rawBody?.length };
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {
  static readonly service = 'onboarding' as const;
}

describe(BodyLimit.name, () => {
  let service: StartedService;
  beforeAll(async () => {
    service = await startService(ThingsModule, { roles: ['api'], config: { bodyLimit: 1_024, logLevel: 'silent' } });
  });
  afterAll(() => service?.close());

  const post = (path: string, letters: number) => service.http.post(path).send({ text: 'x'.repeat(letters) });

  it('lets one route take larger bodies, with the very bytes kept', async () => {
    await post('/v1/things/1/large', 8_000).expect(200, { bytes: 8_011, letters: 8_000 });
    await post('/v1/things/1/large', 3).expect(200, { bytes: 14, letters: 3 });
  });

  it('keeps a limit there too, and the general one everywhere else', async () => {
    for (const [path, letters] of [
      ['/v1/things/1/large', 8_192],
      ['/v1/things', 1_024],
    ] as const) {
      const { body } = await post(path, letters).expect(413);
      expect(body).toMatchObject({ code: 'too_large' });
    }
    await post('/v1/things', 900).expect(200);
  });

  it('holds large bodies against the same rules', async () => {
    const body = `{"text":${'['.repeat(3_000)}${']'.repeat(3_000)}}`;
    await service.http.post('/v1/things/1/large').type('json').send(body).expect(400);
  });

  it('gives a route the bytes of a type that nobody reads, up to its limit', async () => {
    const mail = (bytes: number, type = 'message/rfc822') =>
      service.http.post('/v1/things/mail').type(type).send('x'.repeat(bytes));
    await mail(2_000).expect(200, { bytes: 2_000 });
    await mail(2_049).expect(413);
    await mail(10, 'text/plain').expect(415);
  });
});
