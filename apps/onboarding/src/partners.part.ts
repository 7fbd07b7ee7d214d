import { API_KEYS } from '@idxcoop/platform';
import { AcceptOfferController } from './accept-offer/accept-offer.controller';
import { AcceptOfferHandler } from './accept-offer/accept-offer.handler';
import { Acceptance, AcceptanceSchema } from './app-listings/acceptance.schema';
import { AppListing, AppListingSchema } from './app-listings/app-listing.schema';
import { ListingDesk } from './app-listings/listing-desk';
import { CheckWebsiteJob } from './check-website/check-website.job';
import { KeepFinding } from './check-website/keep-finding';
import { PlanWebsiteChecksJob } from './check-website/plan-website-checks.job';
import { WebsiteLook } from './check-website/website-look';
import { ConfirmUseController } from './confirm-use/confirm-use.controller';
import { ConfirmUseHandler } from './confirm-use/confirm-use.handler';
import { DeliverWebhooksJob } from './deliver-webhooks/deliver-webhooks.job';
import { ExpireAppListingsJob } from './expire-app-listings/expire-app-listings.job';
import { KeepAppListingsController } from './keep-app-listings/keep-app-listings.controller';
import { KeepAppListingsHandler } from './keep-app-listings/keep-app-listings.handler';
import { OwnAppListingsController } from './keep-app-listings/own-app-listings.controller';
import { KeepPartnersController } from './keep-partners/keep-partners.controller';
import { KeepPartnersHandler } from './keep-partners/keep-partners.handler';
import { KeepWebhooksController } from './keep-webhooks/keep-webhooks.controller';
import { KeepWebhooksHandler } from './keep-webhooks/keep-webhooks.handler';
import { ApiKeys } from './partners/api-keys';
import { ApiKey, ApiKeySchema, Partner, PartnerSchema } from './partners/partner.schema';
import {
  WebhookDelivery,
  WebhookDeliverySchema,
  WebhookEndpoint,
  WebhookEndpointSchema,
} from './partners/webhook.schema';
import { ReviewAppListingsController } from './review-app-listings/review-app-listings.controller';
import { ReviewAppListingsHandler } from './review-app-listings/review-app-listings.handler';
import { ShowAppListingsController } from './show-app-listings/show-app-listings.controller';
import { ShowWebsiteCheckController } from './show-website-check/show-website-check.controller';
import { ShowWebsiteCheckHandler } from './show-website-check/show-website-check.handler';
import { TellPartnersConsumer } from './tell-partners/tell-partners.consumer';
import { HostTurns } from './website/host-turns';
import { WebsiteWatch, WebsiteWatchSchema } from './website/website-watch.schema';

/** Providers of applications and what is told to them; websites of cooperatives. */
export const PARTNERS = {
  models: [
    { name: WebsiteWatch.name, schema: WebsiteWatchSchema },
    { name: Partner.name, schema: PartnerSchema },
    { name: ApiKey.name, schema: ApiKeySchema },
    { name: WebhookEndpoint.name, schema: WebhookEndpointSchema },
    { name: WebhookDelivery.name, schema: WebhookDeliverySchema },
    { name: AppListing.name, schema: AppListingSchema },
    { name: Acceptance.name, schema: AcceptanceSchema },
  ],
  controllers: [
    ShowWebsiteCheckController,
    KeepWebhooksController,
    // Those of a partner's own programme stand before those that name a partner.
    OwnAppListingsController,
    ConfirmUseController,
    KeepAppListingsController,
    KeepPartnersController,
    ReviewAppListingsController,
    ShowAppListingsController,
    AcceptOfferController,
    TellPartnersConsumer,
  ],
  providers: [
    HostTurns,
    ApiKeys,
    { provide: API_KEYS, useExisting: ApiKeys },
    KeepPartnersHandler,
    ListingDesk,
    KeepAppListingsHandler,
    ReviewAppListingsHandler,
    AcceptOfferHandler,
    ConfirmUseHandler,
    ExpireAppListingsJob,
    KeepWebhooksHandler,
    DeliverWebhooksJob,
    WebsiteLook,
    KeepFinding,
    CheckWebsiteJob,
    PlanWebsiteChecksJob,
    ShowWebsiteCheckHandler,
  ],
};
