import type { HealthReport, RunningService } from '@idxcoop/platform';
import { AggregatorRegistry } from 'prom-client';

type OpenapiDocument = ReturnType<RunningService['openapi']>;

/** Ready when every service is; what is missing is named with its service. */
export async function mergedHealth(services: readonly RunningService[]): Promise<HealthReport> {
  const reports = await Promise.all(services.map(({ health }) => health.report()));
  const missing = reports.flatMap((report, i) => report.missing.map((name) => `${services[i]?.service}: ${name}`));
  return { status: missing.length === 0 ? 'ok' : 'unavailable', missing };
}

/** The metrics of all services; each carries its service as a label. */
export async function mergedMetrics(services: readonly RunningService[]): Promise<string> {
  const all = await Promise.all(services.map(({ metrics }) => metrics.registry.getMetricsAsJSON()));
  return AggregatorRegistry.aggregate(all).metrics();
}

/** One OpenAPI 3.1 document. Two services that name a schema alike must mean the same by it, or the start of this is refused. */
export function mergedOpenapi(services: readonly RunningService[]): OpenapiDocument {
  const documents = services.map((service) => service.openapi());
  const [first] = documents;
  if (!first) throw new Error('There is no service to describe');
  const schemas: Record<string, unknown> = {};
  for (const { components } of documents) {
    for (const [name, schema] of Object.entries(components?.schemas ?? {})) {
      const known = schemas[name];
      if (known && JSON.stringify(known) !== JSON.stringify(schema)) {
        throw new Error(`Two services describe different things as ${name} in their OpenAPI documents`);
      }
      schemas[name] = schema;
    }
  }
  return {
    ...first,
    info: {
      ...first.info,
      title: 'IDXCOOP',
      description: 'Backend of the portal for the digital transformation of Indonesian cooperatives.',
    },
    paths: Object.assign({}, ...documents.map(({ paths }) => paths)) as OpenapiDocument['paths'],
    components: { ...first.components, schemas: schemas as NonNullable<OpenapiDocument['components']>['schemas'] },
  };
}
