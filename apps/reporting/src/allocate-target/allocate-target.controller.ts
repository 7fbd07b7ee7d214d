import { Clock, fieldError, refusal, Regions, Roles } from '@idxcoop/platform';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Answers } from '../answers/schema';
import { ALLOCATION } from '../answers/progress';
import { FIELD, noWeight } from '../problems.templates';
import { dayIn } from '../progress/day';
import { ProgressReader } from '../progress/progress-reader';
import { planInForce } from '../target/plan';
import { ACTIVE_COOPERATIVES_2014 } from './active-cooperatives-2014';
import { AllocateTargetDto } from './allocate-target.dto';
import { largestRemainder } from './largest-remainder';

/** Divides the value of a target over areas. It is a calculation: nothing is stored. */
@ApiTags('Targets')
@Controller('v1/targets/:key/allocation')
export class AllocateTargetController {
  constructor(
    private readonly reader: ProgressReader,
    private readonly regions: Regions,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiBearerAuth()
  @Roles('programme_lead')
  @Answers(200, ALLOCATION)
  async allocate(@Param('key') key: string, @Body() { areas }: AllocateTargetDto) {
    const target = await this.reader.target(key);
    const now = this.clock.now();
    const plan = planInForce(target.plans, dayIn(target.timeZone, now), now);
    const codes = areas ?? plan.areas ?? [...ACTIVE_COOPERATIVES_2014.keys()];
    const unknown = codes.flatMap((code, index) =>
      this.regions.find(code) ? [] : [fieldError(`/areas/${index}`, 'unknown_region', FIELD.unknown_region)],
    );
    if (unknown.length > 0) throw refusal(unknown);
    const without = codes.filter((code) => !ACTIVE_COOPERATIVES_2014.has(code));
    if (without.length > 0) throw noWeight({ areas: without });
    const weights = codes.map((code) => ({ code, weight: ACTIVE_COOPERATIVES_2014.get(code) ?? 0 }));
    return { method: 'largest_remainder', items: largestRemainder(Math.round(plan.value), weights) };
  }
}
