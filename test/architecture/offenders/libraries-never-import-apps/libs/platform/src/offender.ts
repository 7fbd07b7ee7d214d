export { service } from '../../../apps/onboarding/src/service';
