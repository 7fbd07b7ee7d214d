import { Clock, etag, type Language, languageOf, notFound, page, PageQuery, Public } from '@idxcoop/platform';
import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, InLanguage, pageOf } from '../answers/schema';
import { TARGET } from '../answers/target';
import { InjectModel } from '@nestjs/mongoose';
import type { Response } from 'express';
import type { Model } from 'mongoose';
import { Indicators } from '../indicator/indicators';
import { namedBy } from '../page/page-after';
import { Target } from '../target/target.schema';
import { targetResource } from '../target/target-view';

@ApiTags('Targets')
@Controller('v1/targets')
export class ReadTargetsController {
  constructor(
    @InjectModel(Target.name) private readonly targets: Model<Target>,
    private readonly indicators: Indicators,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Public()
  @InLanguage()
  @Answers(200, pageOf(TARGET))
  async list(@Query() { limit, cursor }: PageQuery, @Headers('accept-language') accept?: string) {
    const after = namedBy(cursor, 'key');
    const rows = await this.targets
      .find(after === undefined ? {} : { key: { $gt: after } })
      .sort({ key: 1 })
      .limit(limit + 1)
      .lean();
    const language = languageOf(accept);
    const views = await Promise.all(rows.map((target) => this.view(target, language)));
    return page(views, limit, ({ key }) => ({ key }));
  }

  @Get(':key')
  @Public()
  @InLanguage()
  @Answers(200, TARGET)
  async one(
    @Param('key') key: string,
    @Headers('accept-language') accept: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ) {
    const target = await this.targets.findOne({ key }).lean();
    if (!target) throw notFound();
    response.set('ETag', etag(target.plans.length));
    return this.view(target, languageOf(accept));
  }

  private async view(target: Target, language: Language) {
    return targetResource(target, await this.indicators.of(target), language, this.clock.now());
  }
}
