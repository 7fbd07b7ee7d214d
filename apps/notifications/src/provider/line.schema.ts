import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A stop that people ordered; it stands beside what providers say, and only people end it. */
export interface OrderedStop {
  reason: string;
  /** Who: the subject of their token. */
  by: string;
  at: Date;
  /** Absent: until it is opened. */
  until?: Date;
}

/**
 * A channel (`whatsapp`), what goes to many on it (`whatsapp/bulk`) or a template on it (`whatsapp/welcome`), on which nothing goes out: its
 * provider refused us, not a person, or people stopped it.
 */
@Schema({ collection: 'stopped_lines', versionKey: false })
export class StoppedLine {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: Date }) until?: Date;
  @Prop({ type: String }) code?: string;
  @Prop({ type: Object }) ordered?: OrderedStop;
}

export const StoppedLineSchema = SchemaFactory.createForClass(StoppedLine);
