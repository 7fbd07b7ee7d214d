import { FindContactsController } from './find-contacts/find-contacts.controller';
import { FindContactsHandler } from './find-contacts/find-contacts.handler';
import { ListReachablePeopleController } from './list-reachable-people/list-reachable-people.controller';
import { ListReachablePeopleHandler } from './list-reachable-people/list-reachable-people.handler';
import { RecordConsentController } from './record-consent/record-consent.controller';
import { RecordConsentHandler } from './record-consent/record-consent.handler';
import { ListChannelsHandler } from './resolve-delivery/list-channels.handler';
import { ResolveDeliveryController } from './resolve-delivery/resolve-delivery.controller';
import { ResolveDeliveryHandler } from './resolve-delivery/resolve-delivery.handler';
import { ResolveOfficialHandler } from './resolve-delivery/resolve-official.handler';

/** What the other services ask under /internal. */
export const NEIGHBOURS = {
  models: [],
  controllers: [
    ResolveDeliveryController,
    ListReachablePeopleController,
    FindContactsController,
    RecordConsentController,
  ],
  providers: [
    ResolveDeliveryHandler,
    ListChannelsHandler,
    RecordConsentHandler,
    ListReachablePeopleHandler,
    ResolveOfficialHandler,
    FindContactsHandler,
  ],
};
