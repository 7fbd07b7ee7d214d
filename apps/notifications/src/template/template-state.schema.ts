import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** What Meta says of a template in one language. What it has said nothing of is not here, and may be used. */
@Schema({ collection: 'template_states', versionKey: false })
export class TemplateState {
  /** `idxcoop_welcome/id`. */
  @Prop({ type: String, required: true }) _id!: string;
  /** The last event: `APPROVED`, `PAUSED`, `REJECTED` … */
  @Prop({ type: String }) state?: string;
  @Prop({ type: String }) reason?: string;
  @Prop({ type: Date }) stateAt?: Date;
  /** What Meta counts it as, which may differ from what we asked for. */
  @Prop({ type: String }) category?: string;
  @Prop({ type: Date }) categoryAt?: Date;
}

export const TemplateStateSchema = SchemaFactory.createForClass(TemplateState);
