import { bootstrap } from '@idxcoop/platform';
import { NotificationsModule } from './notifications.module';

void bootstrap(NotificationsModule);
