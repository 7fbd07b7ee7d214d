import { Clock, fieldError, Public, refusal, Regions } from '@idxcoop/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers } from '../answers/schema';
import { STATISTICS } from '../answers/indicator';
import { JOINED } from '../membership/changes';
import { type Count, Counts } from '../membership/counts';
import { STAGES } from '../membership/stages';
import { FIELD } from '../problems.templates';
import { isInside } from '../progress/areas';
import { questionOf } from '../progress/question';
import { NATIONAL_ZONE } from '../progress/zones';
import { StatisticsQuery } from './read-statistics.dto';

const SERIES = [...STAGES, JOINED] as const;
type Figures = Record<(typeof SERIES)[number], number>;

/** The funnel: how many cooperatives reached each stage or a later one, in all, by province and by type. */
@ApiTags('Statistics')
@Controller('v1/statistics')
export class ReadStatisticsController {
  constructor(
    private readonly counts: Counts,
    private readonly regions: Regions,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Public()
  @Answers(200, STATISTICS)
  async read(@Query() { asOf: asked, knownAt: askedKnown, area, type }: StatisticsQuery) {
    const question = questionOf({ asOf: asked, knownAt: askedKnown }, NATIONAL_ZONE, this.clock.now());
    const { asOf, knownAt, provisional } = question;
    if (area && !this.regions.find(area)) throw refusal([fieldError('/area', 'unknown_region', FIELD.unknown_region)]);
    const total = none();
    const byProvince = new Map<string, Figures>();
    const byType = new Map<string, Figures>();
    for (const series of SERIES) {
      for (const count of await this.counts.known(series, NATIONAL_ZONE, knownAt)) {
        if (count.day > asOf || (type && count.type !== type)) continue;
        if (area && !isInside(count.area, [area], asOf, this.regions)) continue;
        total[series] += net(count);
        into(byProvince, this.regions.provinceOn(count.area, asOf) ?? count.area.slice(0, 2))[series] += net(count);
        into(byType, count.type)[series] += net(count);
      }
    }
    const names = new Map(this.regions.provinces(asOf).map(({ code, name }) => [code, name]));
    return {
      asOf,
      knownAt: knownAt.toISOString(),
      provisional,
      timeZone: NATIONAL_ZONE,
      stages: total,
      byProvince: rows(byProvince).map(([code, stages]) => ({ code, name: names.get(code) ?? code, stages })),
      byType: rows(byType).map(([name, stages]) => ({ type: name, stages })),
    };
  }
}

function none(): Figures {
  return Object.fromEntries(SERIES.map((series) => [series, 0])) as Figures;
}

function net({ opened, closed }: Count): number {
  return opened - closed;
}

function into(groups: Map<string, Figures>, key: string): Figures {
  const figures = groups.get(key) ?? none();
  groups.set(key, figures);
  return figures;
}

function rows(groups: Map<string, Figures>): [string, Figures][] {
  return [...groups]
    .filter(([, figures]) => SERIES.some((series) => figures[series] !== 0))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
