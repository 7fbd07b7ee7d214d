import { type Config, createService } from '@idxcoop/platform';
import type { Anchor } from '../../../onboarding/src/audit/chain-check';
import { OnboardingModule } from '../../../onboarding/src/onboarding.module';
import { type AuditVerdict, VerifyAuditHandler } from '../../../onboarding/src/verify-audit/verify-audit.handler';

/** Checks the trail of onboarding with the service's own code and without any of its roles. */
export async function verifyAudit(config: Config, anchor: Anchor | undefined): Promise<AuditVerdict> {
  const service = await createService(OnboardingModule, { config: config.with({ roles: new Set() }) });
  try {
    await service.started;
    return await service.app.get(VerifyAuditHandler, { strict: false }).execute(anchor);
  } finally {
    await service.close();
  }
}
