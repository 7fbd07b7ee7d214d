import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A channel, or a template on it (`whatsapp/welcome`), on which nothing goes out until a time: its provider refused us, not a person. */
@Schema({ collection: 'stopped_lines', versionKey: false })
export class StoppedLine {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: Date, required: true }) until!: Date;
  @Prop({ type: String, required: true }) code!: string;
}

export const StoppedLineSchema = SchemaFactory.createForClass(StoppedLine);
