import { Clock, fieldError, languageOf, Public, refusal } from '@idxcoop/platform';
import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FIELD } from '../problems.templates';
import { addDays, daysBetween } from '../progress/day';
import { expected, rounded } from '../progress/pace';
import { ProgressReader } from '../progress/progress-reader';
import { questionOf } from '../progress/question';
import { Series } from '../progress/series';
import { planInForce } from '../target/plan';
import { ProgressQuery, SeriesQuery } from './read-progress.dto';

const MOST_DAYS = 3_660;

@ApiTags('Targets')
@Controller('v1/targets/:key')
export class ReadProgressController {
  constructor(
    private readonly reader: ProgressReader,
    private readonly series: Series,
    private readonly clock: Clock,
  ) {}

  @Get('progress')
  @Public()
  async progress(
    @Param('key') key: string,
    @Query() query: ProgressQuery,
    @Headers('accept-language') accept?: string,
  ) {
    return this.reader.read(await this.reader.target(key), query, languageOf(accept));
  }

  /** The level at the close of each day, all as known at one instant, each beside the line of the plan that is in force on it. */
  @Get('series')
  @Public()
  async levels(@Param('key') key: string, @Query() { from, to, knownAt: asked }: SeriesQuery) {
    const target = await this.reader.target(key);
    const { asOf, knownAt } = questionOf({ asOf: to, knownAt: asked }, target.timeZone, this.clock.now());
    const { areas } = planInForce(target.plans, asOf, knownAt);
    const { history } = await this.series.known(target, areas, asOf, knownAt);
    const oldest = addDays(asOf, -MOST_DAYS);
    const first = history.steps[0]?.day ?? asOf;
    const start = from ?? (first < oldest ? oldest : first);
    if (daysBetween(start, asOf) > MOST_DAYS)
      throw refusal([fieldError('/from', 'span_too_long', FIELD.span_too_long)]);
    const items = history.levels(start, asOf).map(({ day, level }) => ({
      date: day,
      actual: level,
      expected: rounded(expected(planInForce(target.plans, day, knownAt), day), 2),
    }));
    return { key, from: start, to: asOf, knownAt: knownAt.toISOString(), items, nextCursor: null };
  }
}
