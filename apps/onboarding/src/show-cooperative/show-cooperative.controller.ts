import { Clock, etag, notFound, Public, Regions } from '@idxcoop/platform';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Model } from 'mongoose';
import { ANSWERS } from '../answers';
import { Cooperative } from '../cooperative/cooperative.schema';
import { gradeOf, revisionOf } from '../cooperative/facts-view';
import { Survivors } from '../duplicates/survivors';

@ApiTags('Onboarding')
@Controller('v1/cooperatives')
export class ShowCooperativeController {
  constructor(
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly regions: Regions,
    private readonly clock: Clock,
    private readonly survivors: Survivors,
  ) {}

  /** What everybody may know of a cooperative: the organisation, no person. */
  @Public()
  @ApiOkResponse({ schema: ANSWERS.cooperative })
  @Get(':id')
  async show(@Param('id') id: string, @Res({ passthrough: true }) response: Response) {
    const found = await this.cooperatives.findById(id).lean();
    if (!found) throw notFound();
    const { code, name, level, provinceCode } = this.regions.find(found.regionCode) ?? { code: found.regionCode };
    response.set('ETag', etag(revisionOf(found)));
    return {
      id,
      name: found.name,
      form: found.form,
      type: found.type,
      principle: found.principle ?? null,
      regionCode: found.regionCode,
      region: { code, name, level, provinceCode },
      website: found.website ?? null,
      registration: found.registration,
      entity: found.entity,
      foundedOn: found.foundedOn ?? null,
      grade: gradeOf(found, this.clock.now()),
      mergedInto: found.mergedInto ? `/v1/cooperatives/${found.mergedInto}` : null,
      ...(await this.survivors.link(found)),
    };
  }
}
