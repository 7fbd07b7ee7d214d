import { bootstrap } from '@idxcoop/platform';
import { ContentIndexingModule } from './content-indexing.module';

void bootstrap(ContentIndexingModule);
