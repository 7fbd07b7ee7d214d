import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** How many different people a line may write to in 24 hours, as its provider says. */
@Schema({ collection: 'daily_budgets', versionKey: false })
export class DailyBudget {
  /** The line. */
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: Number, required: true }) people!: number;
  @Prop({ type: Date, required: true }) knownAt!: Date;
}

export const DailyBudgetSchema = SchemaFactory.createForClass(DailyBudget);
