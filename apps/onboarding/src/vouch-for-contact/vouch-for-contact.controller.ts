import { Caller, type CallerIdentity, Idempotent, RateLimit, Roles } from '@idxcoop/platform';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { VouchDto } from './vouch-for-contact.dto';
import { VouchForContactHandler } from './vouch-for-contact.handler';

const text = { type: 'string' } as const;
const VOUCHED = {
  type: 'object',
  required: ['cooperativeId', 'contactId', 'channel', 'reason', 'vouchedAt'],
  properties: { cooperativeId: text, contactId: text, channel: text, reason: text, vouchedAt: text },
} as const;

@ApiTags('Onboarding')
@Controller('v1/cooperatives')
export class VouchForContactController {
  constructor(private readonly handler: VouchForContactHandler) {}

  /** Vouches for a contact that cannot be confirmed by a code. It may go on with its registration; it may not sign in, nor be sent a link. */
  @Roles('assistant', 'officer')
  @RateLimit({ name: 'vouches', points: 60, seconds: 3_600, by: 'caller' })
  @Idempotent()
  @ApiCreatedResponse({ schema: VOUCHED as never })
  @Post(':id/vouches')
  vouch(@Param('id') id: string, @Body() input: VouchDto, @Caller() caller: CallerIdentity) {
    return this.handler.execute(id, input, caller);
  }
}
