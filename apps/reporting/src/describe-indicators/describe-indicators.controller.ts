import {
  Clock,
  IdempotencyKeys,
  Idempotent,
  isDuplicate,
  type Language,
  languageOf,
  Mongo,
  newId,
  notFound,
  PageQuery,
  Public,
  Roles,
  say,
} from '@idxcoop/platform';
import { Body, Controller, Get, Headers, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Answers, InLanguage, pageOf } from '../answers/schema';
import { INDICATOR, OBSERVATION, OBSERVATIONS } from '../answers/indicator';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Indicator, Observation } from '../indicator/indicator.schema';
import { COOPERATIVES_JOINED, type IndicatorCard } from '../indicator/indicator.templates';
import { Indicators, isCounted } from '../indicator/indicators';
import { indicatorExists, notObserved } from '../problems.templates';
import { pageAfter } from '../page/page-after';
import { observedHistory } from '../progress/observed';
import { knownAtOf } from '../progress/question';
import { NATIONAL_ZONE } from '../progress/zones';
import { DescribeIndicatorDto, ObserveIndicatorDto } from './describe-indicators.dto';

@ApiTags('Indicators')
@Controller('v1/indicators')
export class DescribeIndicatorsController {
  constructor(
    @InjectModel(Indicator.name) private readonly observed: Model<Indicator>,
    @InjectModel(Observation.name) private readonly observations: Model<Observation>,
    private readonly indicators: Indicators,
    private readonly mongo: Mongo,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Public()
  @InLanguage()
  @Answers(200, pageOf(INDICATOR))
  async list(@Query() query: PageQuery, @Headers('accept-language') accept?: string) {
    const language = languageOf(accept);
    const observed = await this.observed.find().sort({ key: 1 }).lean();
    const cards = [COOPERATIVES_JOINED, ...observed].map((card) => view(card, language));
    return pageAfter(cards, query, ({ key, kind }) => `${kind === 'counted' ? 1 : 2}-${key}`);
  }

  @Get(':key')
  @Public()
  @InLanguage()
  @Answers(200, INDICATOR)
  async one(@Param('key') key: string, @Headers('accept-language') accept?: string) {
    const card = await this.indicators.latest(key);
    if (!card) throw notFound();
    return view(card, languageOf(accept));
  }

  /** Describes a series that is observed elsewhere. */
  @Post()
  @ApiBearerAuth()
  @Roles('programme_lead')
  @Idempotent({ location: (answer: { key: string }) => `/v1/indicators/${answer.key}` })
  @Answers(201, INDICATOR)
  async describe(@Body() input: DescribeIndicatorDto) {
    if (isCounted(input.key)) throw indicatorExists();
    const card: Indicator = { ...input, _id: newId(), version: 1, createdAt: this.clock.now() };
    return this.mongo
      .transaction(async (session) => {
        await this.observed.create([card], { session });
        const answer = view(card, 'id');
        await this.idempotency.record(answer, session);
        return answer;
      })
      .catch((error: unknown) => {
        throw isDuplicate(error, 'one_definition_per_version') ? indicatorExists() : error;
      });
  }

  /** Adds a value; where two sources of a day differ, both are listed. */
  @Post(':key/observations')
  @ApiBearerAuth()
  @Roles('programme_lead', 'ministry')
  @Idempotent({ location: (answer: { indicator: string }) => `/v1/indicators/${answer.indicator}/observations` })
  @Answers(201, OBSERVATION)
  async observe(@Param('key') key: string, @Body() input: ObserveIndicatorDto) {
    const indicator = await this.observable(key);
    const now = this.clock.now();
    const knownAt = knownAtOf(input.knownAt, NATIONAL_ZONE, now);
    const { date, value, source } = input;
    const row: Observation = { _id: newId(), indicator: key, date, value, source, knownAt, recordedAt: now };
    return this.mongo.transaction(async (session) => {
      await this.observations.create([row], { session });
      const ofDay = await this.observations.find({ indicator: key, date }).session(session).lean();
      const [conflict] = observedHistory(ofDay, indicator.sourcePriority).conflicts;
      const answer = { id: row._id, indicator: key, ...observationView(row), conflict: conflict?.values ?? null };
      await this.idempotency.record(answer, session);
      return answer;
    });
  }

  @Get(':key/observations')
  @Public()
  @Answers(200, OBSERVATIONS)
  async values(@Param('key') key: string, @Query() query: PageQuery) {
    const indicator = await this.observable(key);
    const rows = await this.observations.find({ indicator: key }).lean();
    const { conflicts } = observedHistory(rows, indicator.sourcePriority);
    const placeOf = ({ date, _id }: Observation) => `${date}/${_id}`;
    rows.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
    const { items, nextCursor } = pageAfter(rows, query, placeOf);
    return { items: items.map(observationView), nextCursor, conflicts };
  }

  private async observable(key: string): Promise<Indicator> {
    if (isCounted(key)) throw notObserved();
    const indicator = await this.observed.findOne({ key }).lean();
    if (!indicator) throw notFound();
    return indicator;
  }
}

function view(card: IndicatorCard | Indicator, language: Language) {
  return {
    key: card.key,
    version: card.version,
    name: say(card.name, language),
    definition: say(card.definition, language),
    formula: card.formula === undefined ? null : say(card.formula, language),
    unit: card.unit,
    source: say(card.source, language),
    kind: isCounted(card.key) ? 'counted' : 'observed',
  };
}

function observationView({ date, value, source, knownAt }: Observation) {
  return { date, value, source, knownAt: knownAt.toISOString() };
}
