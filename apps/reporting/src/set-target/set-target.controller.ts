import { type AccessRequest, etag, Idempotent, languageOf, Roles } from '@idxcoop/platform';
import { Body, Controller, Headers, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Answers, InLanguage } from '../answers/schema';
import { TARGET } from '../answers/target';
import { SetTargetDto } from './set-target.dto';
import { SetTargetHandler } from './set-target.handler';

type Created = Awaited<ReturnType<SetTargetHandler['execute']>>;

@ApiTags('Targets')
@Controller('v1/targets')
export class SetTargetController {
  constructor(private readonly handler: SetTargetHandler) {}

  @Post()
  @ApiBearerAuth()
  @Roles('programme_lead')
  @Idempotent({ fill: 'withTag', location: (answer: Created) => `/v1/targets/${answer.key}` })
  @InLanguage()
  @Answers(201, TARGET)
  set(@Body() input: SetTargetDto, @Headers('accept-language') language?: string) {
    return this.handler.execute(input, languageOf(language));
  }

  /** The tag to change it by, at a replay too. */
  withTag(answer: Created, request: AccessRequest): Created {
    request.res?.set('ETag', etag(answer.plans.length));
    return answer;
  }
}
