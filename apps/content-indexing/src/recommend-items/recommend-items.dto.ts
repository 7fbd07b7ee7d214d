import { IsUUID } from 'class-validator';

export class RecommendationsQuery {
  @IsUUID() cooperativeId!: string;
}
