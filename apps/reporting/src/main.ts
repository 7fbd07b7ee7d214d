import { bootstrap } from '@idxcoop/platform';
import { ReportingModule } from './reporting.module';

void bootstrap(ReportingModule);
