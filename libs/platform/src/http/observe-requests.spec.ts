import { Controller, Get, Module, Param } from '@nestjs/common';
import { Log, Public } from '@idxcoop/platform';
import { eventually } from '../../../../test/support/eventually';
import { startService, type StartedService } from '../../../../test/support/start-service';
import { observeRequests } from './observe-requests';

@Public()
@Controller('v1/people')
class PeopleController {
  @Get(':token')
  read(@Param('token') token: string) {
    return { length: token.length };
  }
}

@Module({ controllers: [PeopleController] })
class PeopleModule {
  static readonly service = 'notifications' as const;
}

describe(observeRequests.name, () => {
  const lines: string[] = [];
  let service: StartedService;
  beforeAll(async () => {
    const log = new Log('info', {}, { write: (line) => void lines.push(line) });
    service = await startService(PeopleModule, { roles: ['api'], overrides: [{ provide: Log, useValue: log }] });
  });
  afterAll(() => service?.close());

  it('writes the pattern of the route with its trace, and neither path nor query', async () => {
    await service.http.get('/v1/people/a-secret-token?email=siti@example.id').expect(200);
    await eventually(() => expect(lines.join('')).toContain('/v1/people/:token'));
    const line = JSON.parse(lines.find((entry) => entry.includes('/v1/people')) as string) as object;
    expect(line).toMatchObject({
      method: 'GET',
      route: '/v1/people/:token',
      status: 200,
      role: 'api',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(lines.join('')).not.toMatch(/a-secret-token|siti/);
  });

  it('measures by route, and answers what is not there under one name', async () => {
    await service.http.get('/v1/people/1').expect(200);
    await service.http.get('/v1/some-secret').expect(404);
    const { text } = await eventually(async () => {
      const answer = await service.http.get('/metrics').expect(200);
      expect(answer.text).toMatch(/route="none"/);
      return answer;
    });
    expect(text).toMatch(/idxcoop_http_request_duration_seconds_count\{[^}]*route="\/v1\/people\/:token"[^}]*\} \d/);
    expect(text).toMatch(/idxcoop_mongodb_up(\{[^}]*\})? 1/);
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).not.toContain('some-secret');
  });
});
