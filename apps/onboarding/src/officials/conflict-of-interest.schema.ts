import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** An official said that they must not decide about a cooperative. It holds for all its cases, and is not taken back. */
@Schema({ collection: 'conflicts_of_interest', versionKey: false })
export class ConflictOfInterest {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) officialId!: string;
  @Prop({ type: String, required: true }) cooperativeId!: string;
  @Prop({ type: Date, required: true }) declaredAt!: Date;
}

export const ConflictOfInterestSchema = SchemaFactory.createForClass(ConflictOfInterest);
ConflictOfInterestSchema.index(
  { cooperativeId: 1, officialId: 1 },
  { unique: true, name: 'one_declaration_per_official_and_cooperative' },
);
