import { Public, Tokens } from '@idxcoop/platform';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';

const JWKS = { type: 'object', required: ['keys'], properties: { keys: { type: 'array', items: { type: 'object' } } } };

@ApiTags('Onboarding')
@Controller('.well-known')
export class PublishKeysController {
  constructor(private readonly tokens: Tokens) {}

  /** The public keys of those who sign tokens here, for all who check them (RFC 7517). */
  @Public()
  @Header('Cache-Control', 'public, max-age=300')
  @ApiOkResponse({ schema: JWKS as never })
  @Get('jwks.json')
  keys() {
    return this.tokens.publicKeys();
  }
}
