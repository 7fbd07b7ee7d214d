import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { RowFields } from '../import-cooperatives/row';

/** A piece of the uploaded file, encrypted: it holds people. The database deletes it 30 days after the end of its import. */
@Schema({ collection: 'import_files', versionKey: false })
export class ImportFile {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) importId!: string;
  @Prop({ type: Number, required: true }) part!: number;
  @Prop({ type: String, required: true }) content!: string;
  /** Absent while the import lasts. */
  @Prop({ type: Date }) deleteAt?: Date;
}
export const ImportFileSchema = SchemaFactory.createForClass(ImportFile);
ImportFileSchema.index({ importId: 1, part: 1 });
ImportFileSchema.index({ deleteAt: 1 }, { expireAfterSeconds: 0 });

/** Holds a file (territory, dry run, mode, checksum) against its coming again; deleted when it may. */
@Schema({ collection: 'import_keys', versionKey: false })
export class ImportKey {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) fileKey!: string;
  @Prop({ type: String, required: true }) importId!: string;
}
export const ImportKeySchema = SchemaFactory.createForClass(ImportKey);
ImportKeySchema.index({ fileKey: 1 }, { name: 'one_import_per_file', unique: true });
ImportKeySchema.index({ importId: 1 });

/** Why a row was not taken: where and which rule, never its values. */
@Schema({ collection: 'import_errors', versionKey: false })
export class ImportError {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) importId!: string;
  @Prop({ type: Number, required: true }) row!: number;
  @Prop({ type: String, default: '' }) column!: string;
  @Prop({ type: String, required: true }) code!: string;
}
export const ImportErrorSchema = SchemaFactory.createForClass(ImportError);
ImportErrorSchema.index({ importId: 1, row: 1 });

/** What a row changed, so that it can be taken back. */
@Schema({ collection: 'import_changes', versionKey: false })
export class ImportChange {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) importId!: string;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: Boolean, required: true }) created!: boolean;
  @Prop({ type: [String] }) fields!: (keyof RowFields)[];
}
export const ImportChangeSchema = SchemaFactory.createForClass(ImportChange);
ImportChangeSchema.index({ importId: 1 });
ImportChangeSchema.index({ cooperativeId: 1 });
