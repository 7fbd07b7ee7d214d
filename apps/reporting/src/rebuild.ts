import { type Config, createService, Mongo } from '@idxcoop/platform';
import { RebuildProjectionsHandler, type RebuildOutcome } from './rebuild-projections/rebuild-projections.handler';
import { ReportingModule } from './reporting.module';

/** The command `npm run ops -- reporting rebuild [--check]`: the module without any role, so that it serves and consumes nothing. */
export async function rebuildReporting(config: Config, options: { check: boolean }): Promise<RebuildOutcome> {
  const service = await createService(ReportingModule, { config: config.with({ roles: new Set() }) });
  try {
    await service.app.get(Mongo).ready();
    return await service.app.get(RebuildProjectionsHandler).execute(options);
  } finally {
    await service.close();
  }
}
