import { Accepts, languageOf, Public, RateLimit } from '@idxcoop/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { escapeHtml, htmlPage } from '../page.templates';
import { copyTexts } from '../privacy/privacy.templates';
import { HandOutCopyDto } from './hand-out-copy.dto';
import { HandOutCopyHandler } from './hand-out-copy.handler';

const LIMIT = { name: 'privacy-copies', points: 60, seconds: 60, by: 'ip' } as const;
const HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

@ApiTags('Privacy')
@Controller('v1/privacy-requests')
export class HandOutCopyController {
  constructor(private readonly handler: HandOutCopyHandler) {}

  /** The page behind the link: its button downloads, so a mail scanner uses nothing up. */
  @Public()
  @RateLimit(LIMIT)
  @ApiProduces('text/html')
  @Get(':id/copy')
  show(@Param('id') id: string, @Query('token') token: string, @Req() request: Request, @Res() response: Response) {
    const language = languageOf(request.headers['accept-language']);
    const { title, text, button } = copyTexts(language);
    const action = `/v1/privacy-requests/${encodeURIComponent(id)}/copy`;
    const form = `<form method="post" action="${action}"><input type="hidden" name="token" value="${escapeHtml(
      String(token ?? ''),
    )}"><button>${button}</button></form>`;
    response
      .set(HEADERS)
      .type('html')
      .send(htmlPage(language, title, `<p>${text}</p>\n${form}`));
  }

  /** Everything that is held about the person, once; made as it is asked for, and kept nowhere. */
  @Public()
  @RateLimit(LIMIT)
  @Accepts('application/json', 'application/x-www-form-urlencoded')
  @HttpCode(200)
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @Post(':id/copy')
  async download(
    @Param('id') id: string,
    @Body() { token }: HandOutCopyDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const copy = await this.handler.execute(id, token);
    response.set({ ...HEADERS, 'Content-Disposition': `attachment; filename="idxcoop-${id}.json"` });
    return copy;
  }
}
