import { readFileSync } from 'node:fs';
import { type Config, createService } from '@idxcoop/platform';
import { OnboardingModule } from '../../../onboarding/src/onboarding.module';
import { Erasure, type KnownErasure } from '../../../onboarding/src/privacy/erasure';

/** Does erasures again that a restore has undone: those of the log, or of one that was printed before the restore. */
export async function reapplyErasures(config: Config, file: string | undefined): Promise<{ erased: number }> {
  return withErasure(config, async (erasure) => {
    const known = file ? (JSON.parse(readFileSync(file, 'utf8')) as KnownErasure[]) : await erasure.restored();
    let erased = 0;
    for (const { _id, cooperativeId, contactIds } of known)
      if (await erasure.again({ _id, cooperativeId, contactIds }, 'operations')) erased += 1;
    return { erased };
  });
}

/** The log, ids only: kept outside of the database it survives a restore of it. */
export async function listErasures(config: Config): Promise<KnownErasure[]> {
  return withErasure(config, async (erasure) => {
    const log = await erasure.log();
    return log.map(({ _id, cooperativeId, contactIds }) => ({ _id, cooperativeId, contactIds }));
  });
}

async function withErasure<T>(config: Config, work: (erasure: Erasure) => Promise<T>): Promise<T> {
  const service = await createService(OnboardingModule, { config: config.with({ roles: new Set() }) });
  try {
    await service.started;
    return await work(service.app.get(Erasure, { strict: false }));
  } finally {
    await service.close();
  }
}
