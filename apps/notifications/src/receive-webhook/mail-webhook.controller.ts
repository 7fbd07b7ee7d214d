import { Config, Public, RawBody, unauthenticated } from '@idxcoop/platform';
import { Controller, HttpCode, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { ApiConsumes, ApiHeader, ApiOkResponse } from '@nestjs/swagger';
import type { Request } from 'express';
import { ReceiveMailReportHandler } from './receive-mail-report.handler';
import { isSigned } from './signature';
import { WebhookReceiptView } from './webhook.dto';

/** Our mails are some kilobytes; what returns them whole with a report is not much larger. */
const LARGEST_MAIL = 1024 * 1024;

/** Where the bounce mailbox passes on what arrives in it: notices of delivery, and complaints. */
@Controller('v1/webhooks/mail')
export class MailWebhookController {
  constructor(
    private readonly config: Config,
    private readonly handler: ReceiveMailReportHandler,
  ) {}

  @Public()
  @RawBody(LARGEST_MAIL, 'message/rfc822')
  @Post()
  @HttpCode(200)
  @ApiConsumes('message/rfc822')
  @ApiHeader({ name: 'X-Signature-256', description: 'sha256= and the HMAC-SHA256 of the body in hex' })
  @ApiOkResponse({ type: WebhookReceiptView })
  async receive(@Req() request: RawBodyRequest<Request>): Promise<WebhookReceiptView> {
    const { rawBody } = request;
    if (!rawBody || !isSigned(request, 'x-signature-256', this.config.mailWebhookSecret)) throw unauthenticated();
    await this.handler.execute(rawBody);
    return { received: true };
  }
}
