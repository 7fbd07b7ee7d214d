import { Public, RateLimit } from '@idxcoop/platform';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SendStatusLinkDto } from './send-status-link.dto';
import { SendStatusLinkHandler } from './send-status-link.handler';

@ApiTags('Onboarding')
@Controller('v1/status-links')
export class SendStatusLinkController {
  constructor(private readonly handler: SendStatusLinkHandler) {}

  /** Always 202: whether the address is known is nobody's business. */
  @Public()
  @RateLimit({ name: 'status-links', points: 60, seconds: 60, by: 'ip' })
  @HttpCode(202)
  @Post()
  async send(@Body() input: SendStatusLinkDto): Promise<object> {
    await this.handler.execute(input);
    return { state: 'accepted' };
  }
}
