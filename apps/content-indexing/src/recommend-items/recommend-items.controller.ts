import { languageOf, Public } from '@idxcoop/platform';
import { Controller, Get, Headers, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RecommendationsQuery } from './recommend-items.dto';
import { RecommendItemsHandler } from './recommend-items.handler';

@ApiTags('Library')
@Controller('v1/recommendations')
export class RecommendItemsController {
  constructor(private readonly handler: RecommendItemsHandler) {}

  /** Up to three items for a cooperative, each with the reason. */
  @Public()
  @Get()
  recommend(@Query() { cooperativeId }: RecommendationsQuery, @Headers('accept-language') accepted?: string) {
    return this.handler.execute(cooperativeId, languageOf(accepted));
  }
}
