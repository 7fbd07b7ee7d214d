import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsOptional, IsString } from 'class-validator';

export class AllocateTargetDto {
  @IsIn(['active_cooperatives_2014']) by!: 'active_cooperatives_2014';
  /** Provinces; by default those of the target, else all that have a weight. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  areas?: string[];
}
