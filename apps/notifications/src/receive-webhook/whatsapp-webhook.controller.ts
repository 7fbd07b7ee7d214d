import { BodyLimit, Config, forbidden, malformed, Public, sameText, unauthenticated } from '@idxcoop/platform';
import { Controller, Get, Header, HttpCode, Post, Query, type RawBodyRequest, Req } from '@nestjs/common';
import { ApiOkResponse, ApiQuery } from '@nestjs/swagger';
import type { Request } from 'express';
import { ReceiveWebhookHandler } from './receive-webhook.handler';
import { isSigned } from './signature';
import { WebhookReceiptView } from './webhook.dto';

/**
 * Meta gathers many statuses into one call, of up to 3 MB by its documentation, and repeats for seven days what is refused: a
 * lower limit would hold back all that is in the call.
 */
const LARGEST_CALL = 3 * 1024 * 1024;

/** Where Meta tells what became of our messages, what people answer, and how our account stands. */
@Controller('v1/webhooks/whatsapp')
export class WhatsAppWebhookController {
  constructor(
    private readonly config: Config,
    private readonly handler: ReceiveWebhookHandler,
  ) {}

  /** Meta proves the address once: it wants its challenge back, if the token is ours. */
  @Public()
  @Get()
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @ApiQuery({ name: 'hub.mode', enum: ['subscribe'] })
  @ApiQuery({ name: 'hub.verify_token' })
  @ApiQuery({ name: 'hub.challenge' })
  verify(
    @Query('hub.mode') mode?: string,
    @Query('hub.verify_token') token?: string,
    @Query('hub.challenge') challenge?: string,
  ): string {
    const expected = this.config.whatsappVerifyToken;
    if (mode !== 'subscribe' || !expected || !token || !sameText(token, expected)) throw forbidden();
    return challenge ?? '';
  }

  /** Believed only with a signature over the very bytes; stored, then answered; handled later. */
  @Public()
  @BodyLimit(LARGEST_CALL)
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: WebhookReceiptView })
  async receive(@Req() request: RawBodyRequest<Request>): Promise<WebhookReceiptView> {
    if (!isSigned(request, 'x-hub-signature-256', this.config.whatsappAppSecret)) throw unauthenticated();
    if (!request.body || typeof request.body !== 'object') throw malformed();
    await this.handler.execute(request.body);
    return { received: true };
  }
}
