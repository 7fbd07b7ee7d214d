import { event, ImportProgressedV1, ImportRevertedV1 } from '@idxcoop/contracts';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import type { Encoding } from '../import-cooperatives/file-kind';

/** `rolling_back` is work under way like `running`, and shown as such. */
export type ImportState = 'queued' | 'running' | 'completed' | 'failed' | 'rolling_back' | 'rolled_back';
export type ImportMode = 'partial' | 'all';
export const IMPORT_MODES = ['partial', 'all'] as const;

export const IMPORT_QUEUE = 'onboarding-import';

/** All or nothing is one transaction, and one transaction has its limits. */
export const MOST_ROWS: Readonly<Record<ImportMode, number>> = { partial: 100_000, all: 2_000 };

/** A row counts once; `rows` is their sum when the import is done. */
export interface Totals {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  duplicates: number;
  rejected: number;
}

const COUNT = { type: Number, default: 0 };

/** One uploaded file. How far it got stands here, in the transaction of the rows themselves. */
@Schema({ collection: 'imports', versionKey: false })
export class Import {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop(COUNT) sequence!: number;
  @Prop({ type: String, default: 'queued' }) state!: ImportState;
  @Prop({ type: Boolean, required: true }) dryRun!: boolean;
  @Prop({ type: String, required: true }) mode!: ImportMode;
  /** SHA-256 of the file. */
  @Prop({ type: String, required: true }) checksum!: string;
  @Prop({ type: String, default: 'csv' }) kind!: 'csv' | 'xlsx';
  /** How the text of a CSV is written. */
  @Prop({ type: String, default: 'utf-8' }) encoding!: Encoding;
  /** The number of the last row that is not empty. */
  @Prop({ type: Number, default: 0 }) lastRow!: number;
  @Prop({ type: String, required: true }) territory!: string;
  @Prop({ type: String, required: true }) uploadedBy!: string;
  @Prop({ type: Boolean, required: true }) mayBackdate!: boolean;
  @Prop({ type: String, required: true }) liveSince!: string;
  @Prop({
    type: {
      _id: false,
      rows: COUNT,
      created: COUNT,
      updated: COUNT,
      unchanged: COUNT,
      duplicates: COUNT,
      rejected: COUNT,
    },
    required: true,
  })
  totals!: Totals;
  /** Until when the worker that has it is believed to live; each chunk renews it. */
  @Prop({ type: Date }) leaseUntil?: Date;
  /** How often it was taken up: a killed worker's wake-up keeps its id, so the next one needs another. */
  @Prop(COUNT) takenUp!: number;
  /** How often it was taken up since a chunk was done last. */
  @Prop(COUNT) fruitless!: number;
  /** Rows that are judged; those after it are not. */
  @Prop(COUNT) done!: number;
  /** Changes that the roll-back has been through. */
  @Prop(COUNT) undone!: number;
  /** The time of the import itself: "now" for all of its rows, however often it is taken up again. */
  @Prop({ type: Date, required: true }) createdAt!: Date;
  @Prop({ type: Date }) finishedAt?: Date;
  @Prop({ type: Date }) revertedAt?: Date;

  /** How far it is; of a dry run, what would have happened. */
  progressed(at: Date): ImportProgressedV1 {
    const { rows, created, updated, unchanged, duplicates, rejected } = this.totals;
    return event(ImportProgressedV1, {
      importId: this._id,
      state: this.state === 'completed' || this.state === 'failed' ? this.state : 'running',
      dryRun: this.dryRun,
      done: this.done,
      of: rows,
      ...{ created, updated, unchanged, duplicates, rejected },
      effectiveOn: at.toISOString(),
      knownAt: at.toISOString(),
    });
  }

  reverted(effectiveOn: string, at: Date): ImportRevertedV1 {
    return event(ImportRevertedV1, { importId: this._id, effectiveOn, knownAt: at.toISOString() });
  }
}

/** A worker that has not finished a chunk for so long is dead. */
export const IMPORT_LEASE_MS = 15_000;

/** After so many workers that did not end one chunk, the next will not either. */
export const MOST_FRUITLESS = 5;

/** Rows of a transaction: few enough to be short on a slow disk, many enough not to pay for each row. */
export const IMPORT_CHUNK = 100;

/** The wake-up of an import. */
export function importWakeup({ _id, takenUp }: Pick<Import, '_id' | 'takenUp'>) {
  return { id: `${_id}-import-${takenUp}`, data: { importId: _id } };
}

export type ImportDocument = HydratedDocument<Import>;
export const ImportSchema = SchemaFactory.createForClass(Import);
ImportSchema.loadClass(Import);
ImportSchema.index({ state: 1 });
