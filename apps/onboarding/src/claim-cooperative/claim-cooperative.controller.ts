import { Idempotent, Public, RateLimit } from '@idxcoop/platform';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ClaimCooperativeDto } from './claim-cooperative.dto';
import { ClaimCooperativeHandler } from './claim-cooperative.handler';

@ApiTags('Onboarding')
@Controller('v1/cooperatives')
export class ClaimCooperativeController {
  constructor(private readonly handler: ClaimCooperativeHandler) {}

  /** Claims to speak for a cooperative that somebody else, or an import, has registered. */
  @Public()
  @RateLimit({ name: 'claims', points: 60, seconds: 60, by: 'ip' })
  @Idempotent()
  @Post(':id/claims')
  claim(@Param('id') id: string, @Body() input: ClaimCooperativeDto) {
    return this.handler.execute(id, input);
  }
}
