import { Caller, type CallerIdentity, Idempotent, Public, RateLimit } from '@idxcoop/platform';
import { Body, Controller, Headers, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { HandOverDto } from './hand-over-cooperative.dto';
import { HandOverCooperativeHandler } from './hand-over-cooperative.handler';

type Begun = Awaited<ReturnType<HandOverCooperativeHandler['execute']>>;

@ApiTags('Onboarding')
@Controller('v1/cooperatives')
export class HandOverCooperativeController {
  constructor(private readonly handler: HandOverCooperativeHandler) {}

  /** Names who speaks for the cooperative next: with its own token, or by an officer of its territory with a reason. */
  @Public()
  @RateLimit({ name: 'hand-overs', points: 60, seconds: 60, by: 'ip' })
  @ApiBearerAuth()
  @Idempotent({ location: ({ id, cooperativeId }: Begun) => `/v1/cooperatives/${cooperativeId}/claims/${id}` })
  @Post(':id/hand-overs')
  begin(
    @Param('id') id: string,
    @Headers('authorization') authorization: string | undefined,
    @Body() input: HandOverDto,
    @Caller() caller?: CallerIdentity,
  ) {
    return this.handler.execute(id, authorization, input, caller);
  }
}
