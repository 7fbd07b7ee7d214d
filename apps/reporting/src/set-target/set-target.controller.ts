import { Idempotent, languageOf, Roles } from '@idxcoop/platform';
import { Body, Controller, Headers, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { SetTargetDto } from './set-target.dto';
import { SetTargetHandler } from './set-target.handler';

@ApiTags('Targets')
@Controller('v1/targets')
export class SetTargetController {
  constructor(private readonly handler: SetTargetHandler) {}

  @Post()
  @ApiBearerAuth()
  @Roles('programme_lead')
  @Idempotent({ location: (answer: { key: string }) => `/v1/targets/${answer.key}` })
  set(@Body() input: SetTargetDto, @Headers('accept-language') language?: string) {
    return this.handler.execute(input, languageOf(language));
  }
}
