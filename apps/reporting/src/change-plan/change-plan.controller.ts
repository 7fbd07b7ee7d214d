import { etag, languageOf, Roles } from '@idxcoop/platform';
import { Body, Controller, Headers, Param, Patch, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { Answers, InLanguage, TEXT } from '../answers/schema';
import { TARGET } from '../answers/target';
import type { Response } from 'express';
import { ChangePlanDto } from './change-plan.dto';
import { ChangePlanHandler } from './change-plan.handler';

@ApiTags('Targets')
@Controller('v1/targets/:key')
export class ChangePlanController {
  constructor(private readonly handler: ChangePlanHandler) {}

  @Patch()
  @ApiBearerAuth()
  @Roles('programme_lead')
  @InLanguage()
  @ApiHeader({ name: 'if-match', required: true, description: 'The ETag of the target', schema: TEXT })
  @Answers(200, TARGET)
  async change(
    @Param('key') key: string,
    @Body() input: ChangePlanDto,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('accept-language') language: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { resource, version } = await this.handler.execute(key, input, ifMatch, languageOf(language));
    response.set('ETag', etag(version));
    return resource;
  }
}
