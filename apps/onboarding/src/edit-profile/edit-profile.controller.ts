import { Caller, type CallerIdentity, etag, Public } from '@idxcoop/platform';
import { Body, Controller, Headers, Param, Patch, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ANSWERS } from '../answers';
import { EditProfileDto } from './edit-profile.dto';
import { EditProfileHandler } from './edit-profile.handler';

@ApiTags('Onboarding')
@Controller('v1/cooperatives')
export class EditProfileController {
  constructor(private readonly handler: EditProfileHandler) {}

  /** Facts of the organisation, by itself (status token) or by the office of its territory. */
  @Public()
  @ApiBearerAuth()
  @ApiHeader({
    name: 'if-match',
    required: true,
    description: 'The ETag of status or card',
    schema: { type: 'string' },
  })
  @ApiOkResponse({ schema: ANSWERS.profile })
  @Patch(':id')
  async edit(
    @Param('id') id: string,
    @Body() input: EditProfileDto,
    @Headers('authorization') authorization: string | undefined,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
    @Caller() caller?: CallerIdentity,
  ) {
    const profile = await this.handler.execute(id, input, { authorization, caller, ifMatch });
    response.set('ETag', etag(profile.revision));
    return profile;
  }
}
