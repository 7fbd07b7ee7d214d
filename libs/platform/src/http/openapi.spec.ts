import { Body, Controller, Get, Module, Post, Query } from '@nestjs/common';
import { Idempotent, Internal, PageQuery, Public, Roles } from '@idxcoop/platform';
import { Type } from 'class-transformer';
import { IsEmail, IsIn, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { openapiOf } from './openapi';

class ContactDto {
  @IsEmail() email!: string;
}

class ThingDto {
  @IsString() @MaxLength(80) name!: string;
  @IsIn(['primary', 'secondary']) form!: string;
  @IsOptional() @ValidateNested() @Type(() => ContactDto) contact?: ContactDto;
}

class ThingsQuery extends PageQuery {
  @IsOptional() @IsString() state?: string;
}

@Controller()
class ThingsController {
  @Public()
  @Get('v1/things')
  list(@Query() query: ThingsQuery) {
    return query;
  }

  @Roles('officer')
  @Idempotent()
  @Post('v1/things')
  create(@Body() body: ThingDto) {
    return body;
  }

  @Internal()
  @Get('internal/things')
  inside() {
    return {};
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {
  static readonly service = 'reporting' as const;
}

describe(openapiOf.name, () => {
  let service: StartedService;
  beforeAll(async () => {
    service = await startService(ThingsModule, { roles: ['api'] });
  });
  afterAll(() => service?.close());

  it('describes public routes in OpenAPI 3.1, with problems as the default answer', async () => {
    const { body } = await service.http.get('/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(['/v1/things']);
    expect(body.paths['/v1/things'].post.responses.default.content).toHaveProperty(['application/problem+json']);
    expect(body.components.schemas.Problem.required).toContain('code');
    expect(body.components.securitySchemes.bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
    expect(service.openapi().paths).toEqual(body.paths);
  });

  it('describes bodies and queries by the rules that they are held against', async () => {
    const { paths, components } = service.openapi();
    const schemas = components?.schemas as Record<string, { properties: object; required: string[] }>;
    expect(schemas.ThingDto).toEqual({
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 80 },
        form: { type: 'string', enum: ['primary', 'secondary'] },
        contact: { $ref: '#/components/schemas/ContactDto' },
      },
      required: ['name', 'form'],
    });
    expect(schemas.ContactDto?.properties).toEqual({ email: { type: 'string', format: 'email' } });
    const parameters = paths['/v1/things']?.get?.parameters as { name: string; schema: object }[];
    expect(parameters.map(({ name }) => name).sort()).toEqual(['cursor', 'limit', 'state']);
    expect(parameters.find(({ name }) => name === 'limit')?.schema).toMatchObject({
      type: 'integer',
      minimum: 1,
      maximum: 200,
    });
  });

  it('asks for a token only where the route does', () => {
    const { paths } = service.openapi();
    expect(paths['/v1/things']?.post?.security).toEqual([{ bearer: [] }]);
    expect(paths['/v1/things']?.get?.security).toBeUndefined();
  });

  it('serves a page to read', async () => {
    const { text } = await service.http.get('/docs').redirects(1).expect(200);
    expect(text).toContain('swagger-ui');
  });
});
