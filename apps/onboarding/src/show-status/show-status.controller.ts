import { etag, languageOf, Public, RateLimit } from '@idxcoop/platform';
import { Controller, Get, Header, Headers, Param, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ANSWERS } from '../answers';
import { ShowStatusHandler } from './show-status.handler';
import { statusPage } from './show-status.templates';

@ApiTags('Onboarding')
@Controller('v1/cooperatives')
export class ShowStatusController {
  constructor(private readonly handler: ShowStatusHandler) {}

  /** The applicant's status, with the status token as bearer; the link of a message carries it and shows a browser a page. */
  @Public()
  @RateLimit({ name: 'status', points: 300, seconds: 60, by: 'ip' })
  @ApiBearerAuth()
  @Header('Cache-Control', 'no-store')
  @Header('Referrer-Policy', 'no-referrer')
  @ApiOkResponse({ schema: ANSWERS.status })
  @ApiQuery({ name: 'token', required: false, schema: { type: 'string' }, description: 'From the link of a message' })
  @Get(':id/status')
  async show(
    @Param('id') id: string,
    @Headers('authorization') authorization: string | undefined,
    @Query('token') token: string | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const language = languageOf(request.headers['accept-language']);
    const status = await this.handler.execute(id, authorization ?? (token && `Bearer ${token}`), language);
    response.set('ETag', etag(status.revision));
    if (request.accepts(['json', 'html']) !== 'html') return status;
    response
      .set(
        'Content-Security-Policy',
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      )
      .type('html')
      .send(statusPage(language, status));
    return undefined;
  }
}
