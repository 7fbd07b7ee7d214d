import { DecideDuplicateController } from './decide-duplicate/decide-duplicate.controller';
import { DecideDuplicateHandler } from './decide-duplicate/decide-duplicate.handler';
import { ListDuplicatesHandler } from './decide-duplicate/list-duplicates.handler';
import { DuplicateCandidate, DuplicateCandidateSchema } from './duplicates/duplicate-candidate.schema';
import { LookAlikes } from './duplicates/look-alikes';
import { Survivors } from './duplicates/survivors';
import { VillageNames } from './duplicates/village-names';
import { FindDuplicatesJob } from './find-duplicates/find-duplicates.job';
import { AcceptImportHandler } from './import-cooperatives/accept-import.handler';
import { ImportCooperativesController } from './import-cooperatives/import-cooperatives.controller';
import { ImportCooperativesJob } from './import-cooperatives/import-cooperatives.job';
import { ImportRun } from './import-cooperatives/import-run';
import { ImportWriter } from './import-cooperatives/import-writer';
import { RollBack } from './import-cooperatives/roll-back';
import { RollBackImportHandler } from './import-cooperatives/roll-back-import.handler';
import { ShowImportHandler } from './import-cooperatives/show-import.handler';
import { StoredFile } from './import-cooperatives/stored-file';
import { StoredRecords } from './import-cooperatives/stored-records';
import { FormerCooperative, FormerCooperativeSchema, FormerCooperatives } from './imports/former-cooperative.schema';
import {
  ImportChange,
  ImportChangeSchema,
  ImportError,
  ImportErrorSchema,
  ImportFile,
  ImportFileSchema,
  ImportKey,
  ImportKeySchema,
} from './imports/import-parts.schema';
import { Import, ImportSchema } from './imports/import.schema';
import { LiveSince, Setting, SettingSchema } from './imports/live-since';

/** Cooperatives that come in bulk, and those that are one. */
export const IMPORTS = {
  models: [
    { name: DuplicateCandidate.name, schema: DuplicateCandidateSchema },
    { name: Import.name, schema: ImportSchema },
    { name: ImportFile.name, schema: ImportFileSchema },
    { name: ImportKey.name, schema: ImportKeySchema },
    { name: ImportError.name, schema: ImportErrorSchema },
    { name: ImportChange.name, schema: ImportChangeSchema },
    { name: FormerCooperative.name, schema: FormerCooperativeSchema },
    { name: Setting.name, schema: SettingSchema },
  ],
  controllers: [DecideDuplicateController, ImportCooperativesController],
  providers: [
    VillageNames,
    LookAlikes,
    Survivors,
    FindDuplicatesJob,
    ListDuplicatesHandler,
    DecideDuplicateHandler,
    AcceptImportHandler,
    ShowImportHandler,
    RollBackImportHandler,
    RollBack,
    ImportCooperativesJob,
    ImportRun,
    ImportWriter,
    StoredFile,
    StoredRecords,
    FormerCooperatives,
    LiveSince,
  ],
};
