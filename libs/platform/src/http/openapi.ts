import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { DiscoveryService } from '@nestjs/core';
import type { ServiceName } from '@idxcoop/contracts';
import { describeDtos } from './describe-dtos';

const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable, snake case' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    traceId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message'],
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** The OpenAPI 3.1 document of a service: its public routes, with a problem document as the default error. */
export function openapiOf(app: INestApplication, service: ServiceName): OpenAPIObject {
  const base = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(`IDXCOOP ${service}`)
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'EdDSA; roles and territory in its claims',
    })
    .build();
  describeDtos(app.get(DiscoveryService));
  const document = SwaggerModule.createDocument(app, base, { autoTagControllers: false });
  for (const path of Object.keys(document.paths)) {
    if (path.startsWith('/internal')) {
      delete document.paths[path];
      continue;
    }
    for (const method of METHODS) {
      const operation = document.paths[path]?.[method];
      if (!operation) continue;
      operation.tags ??= [service];
      operation.responses.default ??= {
        description: 'Problem (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      };
    }
  }
  const schemas = { ...document.components?.schemas, Problem: PROBLEM_SCHEMA as never };
  document.components = { ...document.components, schemas: referredTo(document.paths, schemas) };
  return document;
}

/** The schemas that the paths need: Nest also lists the events of consumers, which no path has. */
function referredTo(paths: object, schemas: Record<string, object>): Record<string, never> {
  const found = new Set<string>();
  const follow = (part: object): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      follow(schemas[name] ?? {});
    }
  };
  follow(paths);
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => found.has(name))) as Record<string, never>;
}

/** `/docs` and `/openapi.json` of a service; the document is made when it is first asked for. */
export function serveOpenapi(app: INestApplication, service: ServiceName): void {
  let document: OpenAPIObject | undefined;
  const once = () => {
    document ??= openapiOf(app, service);
    return document;
  };
  SwaggerModule.setup('docs', app, once, { jsonDocumentUrl: 'openapi.json', yamlDocumentUrl: 'openapi.yaml' });
}
