import { bootstrap } from '@idxcoop/platform';
import { OnboardingModule } from './onboarding.module';

void bootstrap(OnboardingModule);
