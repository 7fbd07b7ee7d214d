import { type Config, createService } from '@idxcoop/platform';
import {
  RebuildProjectionsHandler,
  type RebuildOutcome,
} from '../../../reporting/src/rebuild-projections/rebuild-projections.handler';
import { ReportingModule } from '../../../reporting/src/reporting.module';

/** Rebuilds, or only compares, with the service's own code and without any of its roles: it neither consumes nor answers. */
export async function rebuildReporting(config: Config, options: { check: boolean }): Promise<RebuildOutcome> {
  const service = await createService(ReportingModule, { config: config.with({ roles: new Set() }) });
  try {
    await service.started;
    return await service.app.get(RebuildProjectionsHandler, { strict: false }).execute(options);
  } finally {
    await service.close();
  }
}
