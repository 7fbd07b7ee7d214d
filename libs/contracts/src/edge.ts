import type { ServiceName } from './contract';

/** Which service answers which public path: the joined port of `standalone` and `npm run services`, and the edge proxy. */
export const EDGE_ROUTES: Readonly<Record<ServiceName, readonly string[]>> = {
  onboarding: [
    '/v1/cooperatives',
    '/v1/verifications',
    '/v1/status-links',
    '/v1/review-cases',
    '/v1/duplicate-candidates',
    '/v1/evidence',
    '/v1/officials',
    '/v1/imports',
    '/v1/regions',
    '/v1/website-checks',
    '/v1/partners',
    '/v1/readiness-rubric',
    '/v1/sign-ins',
    '/v1/sessions',
    '/.well-known/jwks.json',
    '/v1/audit',
    '/v1/privacy-requests',
    '/v1/consent-texts',
  ],
  notifications: [
    '/v1/messages',
    '/v1/message-costs',
    '/v1/provider-lines',
    '/v1/campaigns',
    '/v1/templates',
    '/v1/webhooks',
    '/v1/preferences',
    '/v1/unsubscribe',
    '/v1/consents',
    '/v1/suppressions',
  ],
  'content-indexing': ['/v1/library', '/v1/search', '/v1/recommendations'],
  reporting: ['/v1/targets', '/v1/indicators', '/v1/work-calendars', '/v1/digest-subscriptions', '/v1/statistics'],
};
