import { Idempotent, Public, RateLimit } from '@idxcoop/platform';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ANSWERS } from '../answers';
import { ClaimCooperativeDto } from './claim-cooperative.dto';
import { ClaimCooperativeHandler } from './claim-cooperative.handler';
import { ShowClaimHandler } from './show-claim.handler';

type Opened = Awaited<ReturnType<ClaimCooperativeHandler['execute']>>;

@ApiTags('Onboarding')
@Controller('v1/cooperatives')
export class ClaimCooperativeController {
  constructor(
    private readonly handler: ClaimCooperativeHandler,
    private readonly claims: ShowClaimHandler,
  ) {}

  /** Claims to speak for a cooperative that somebody else, or an import, has registered. */
  @Public()
  @RateLimit({ name: 'claims', points: 60, seconds: 60, by: 'ip' })
  @Idempotent({
    location: ({ id, cooperativeId }: Opened) => `/v1/cooperatives/${cooperativeId}/claims/${id}`,
  })
  @Post(':id/claims')
  claim(@Param('id') id: string, @Body() input: ClaimCooperativeDto) {
    return this.handler.execute(id, input);
  }

  /** Where a claim stands; its id is known to the claimant only, and nobody is named. */
  @Public()
  @RateLimit({ name: 'claims-shown', points: 300, seconds: 60, by: 'ip' })
  @ApiOkResponse({ schema: ANSWERS.claim })
  @Get(':id/claims/:claimId')
  show(@Param('id') id: string, @Param('claimId') claimId: string) {
    return this.claims.execute(id, claimId);
  }
}
