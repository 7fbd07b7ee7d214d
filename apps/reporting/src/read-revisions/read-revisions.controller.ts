import { Clock, languageOf, Public } from '@idxcoop/platform';
import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, InLanguage } from '../answers/schema';
import { REVISIONS } from '../answers/progress';
import { ProgressReader } from '../progress/progress-reader';
import { knownAtInCursor, pageAfter } from '../page/page-after';
import { knownAtOf } from '../progress/question';
import { RevisionsQuery } from './read-revisions.dto';
import { planView } from '../target/target-view';
import { Restatements } from './restatements';

/** What changed after it was said: plans that followed each other, and published figures that read differently now. */
@ApiTags('Targets')
@Controller('v1/targets/:key/revisions')
export class ReadRevisionsController {
  constructor(
    private readonly reader: ProgressReader,
    private readonly restatements: Restatements,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Public()
  @InLanguage()
  @Answers(200, REVISIONS)
  async list(@Param('key') key: string, @Query() query: RevisionsQuery, @Headers('accept-language') accept?: string) {
    const target = await this.reader.target(key);
    // All pages say what was known when the first was read.
    const asked = knownAtInCursor(query.cursor) ?? query.knownAt;
    const knownAt = knownAtOf(asked, target.timeZone, this.clock.now());
    const plans = target.plans
      .filter((plan) => plan.knownAt <= knownAt || plan.version === 1)
      .map((plan) => ({ kind: 'plan' as const, ...planView(plan) }));
    const figures = await this.restatements.of(target, knownAt, languageOf(accept));
    return pageAfter([...plans, ...figures], query, keyOf, { knownAt: knownAt.toISOString() });
  }
}

/** Plans as they were recorded, then figures by their days. */
function keyOf(revision: { kind: 'plan'; version: number } | { kind: 'figure'; asOf: string }): string {
  return revision.kind === 'plan' ? `1-${String(revision.version).padStart(6, '0')}` : `2-${revision.asOf}`;
}
