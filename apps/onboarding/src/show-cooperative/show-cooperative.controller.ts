import { notFound, Public, Regions } from '@idxcoop/platform';
import { Controller, Get, Param } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Model } from 'mongoose';
import { ANSWERS } from '../answers';
import { Cooperative } from '../cooperative/cooperative.schema';

@ApiTags('Onboarding')
@Controller('v1/cooperatives')
export class ShowCooperativeController {
  constructor(
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly regions: Regions,
  ) {}

  /** What everybody may know of a cooperative: the organisation, no person. */
  @Public()
  @ApiOkResponse({ schema: ANSWERS.cooperative })
  @Get(':id')
  async show(@Param('id') id: string) {
    const found = await this.cooperatives.findById(id).lean();
    if (!found) throw notFound();
    const { code, name, level, provinceCode } = this.regions.find(found.regionCode) ?? { code: found.regionCode };
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
    };
  }
}
