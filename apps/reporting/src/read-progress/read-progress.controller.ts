import { Clock, fieldError, languageOf, page, Public, refusal } from '@idxcoop/platform';
import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, InLanguage } from '../answers/schema';
import { PROGRESS, SERIES } from '../answers/progress';
import { knownAtInCursor, namedBy } from '../page/page-after';
import { addDays, type Day, isDay } from '../progress/day';
import { expected, rounded } from '../progress/pace';
import { ProgressReader } from '../progress/progress-reader';
import { questionOf } from '../progress/question';
import { Series } from '../progress/series';
import { planInForce } from '../target/plan';
import { ProgressQuery, SeriesQuery } from './read-progress.dto';

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
  @InLanguage()
  @Answers(200, PROGRESS)
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
  @Answers(200, SERIES)
  async levels(@Param('key') key: string, @Query() query: SeriesQuery) {
    const target = await this.reader.target(key);
    const after = dayInCursor(query.cursor, 'after');
    const until = dayInCursor(query.cursor, 'until') ?? query.until;
    const asked = { asOf: until, knownAt: knownAtInCursor(query.cursor) ?? query.knownAt };
    const { asOf, knownAt } = questionOf(asked, target.timeZone, this.clock.now());
    const { areas } = planInForce(target.plans, asOf, knownAt);
    const { history } = await this.series.known(target, areas, asOf, knownAt);
    const from = after ? addDays(after, 1) : (query.from ?? history.steps[0]?.day ?? asOf);
    const end = addDays(from, query.limit);
    const rows = history.levels(from, end < asOf ? end : asOf).map(({ day, level }) => ({
      date: day,
      actual: level,
      expected: rounded(expected(planInForce(target.plans, day, knownAt), day), 2),
    }));
    const at = { until: asOf, knownAt: knownAt.toISOString() };
    return { key, ...at, ...page(rows, query.limit, ({ date }) => ({ after: date, ...at })) };
  }
}

function dayInCursor(cursor: string | undefined, member: string): Day | undefined {
  const day = namedBy(cursor, member);
  if (day !== undefined && !isDay(day)) throw refusal([fieldError('/cursor', 'bad_cursor')]);
  return day;
}
