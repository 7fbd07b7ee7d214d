import { Idempotent, languageOf, Roles } from '@idxcoop/platform';
import { Body, Controller, Headers, Post } from '@nestjs/common';
import { SetTargetDto } from './set-target.dto';
import { SetTargetHandler } from './set-target.handler';

@Controller('v1/targets')
export class SetTargetController {
  constructor(private readonly handler: SetTargetHandler) {}

  @Post()
  @Roles('programme_lead')
  @Idempotent({ location: (answer: { key: string }) => `/v1/targets/${answer.key}` })
  set(@Body() input: SetTargetDto, @Headers('accept-language') language?: string) {
    return this.handler.execute(input, languageOf(language));
  }
}
