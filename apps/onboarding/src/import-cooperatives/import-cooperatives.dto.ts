import { IsIn, IsOptional } from 'class-validator';
import { IMPORT_MODES, type ImportMode } from '../imports/import.schema';

export class ImportQuery {
  @IsOptional() @IsIn(['true', 'false']) dryRun?: 'true' | 'false';
  @IsOptional() @IsIn(IMPORT_MODES) mode?: ImportMode;
}
