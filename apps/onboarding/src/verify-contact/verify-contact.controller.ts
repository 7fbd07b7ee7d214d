import { Accepts, languageOf, Problem, Public, RateLimit } from '@idxcoop/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ResendVerificationHandler } from './resend-verification.handler';
import { VerifyContactDto } from './verify-contact.dto';
import { VerifyContactHandler } from './verify-contact.handler';
import { confirmPage, outcomePage } from './verify-contact.templates';

const GUESSES = { name: 'verifications', points: 120, seconds: 60, by: 'ip' } as const;

@ApiTags('Onboarding')
@Controller('v1/verifications')
export class VerifyContactController {
  constructor(
    private readonly verify: VerifyContactHandler,
    private readonly resends: ResendVerificationHandler,
  ) {}

  /** Where the e-mail's link leads: a page whose button posts. It says nothing about whether the flow exists. */
  @Public()
  @RateLimit(GUESSES)
  @Get(':flowId')
  show(
    @Param('flowId') flowId: string,
    @Query('token') token: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    answerPage(response, 200, confirmPage(languageOf(request.headers['accept-language']), flowId, token ?? ''));
  }

  /** Proves an address by the code that was sent, or by the token of the link; a form gets a page back. */
  @Public()
  @RateLimit(GUESSES)
  @Accepts('application/json', 'application/x-www-form-urlencoded')
  @HttpCode(200)
  @Post(':flowId')
  async confirm(
    @Param('flowId') flowId: string,
    @Body() input: VerifyContactDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ state: 'verified' } | undefined> {
    if (!request.is('application/x-www-form-urlencoded')) return this.verify.execute(flowId, input);
    const language = languageOf(request.headers['accept-language']);
    try {
      await this.verify.execute(flowId, input);
      answerPage(response, 200, outcomePage(language, 'done'));
    } catch (error) {
      if (!(error instanceof Problem) || error.kind.status >= 500) throw error;
      answerPage(response, error.kind.status, outcomePage(language, 'expired'));
    }
    return undefined;
  }

  /** Sends the code or link again. */
  @Public()
  @RateLimit({ name: 'verification-resends', points: 60, seconds: 60, by: 'ip' })
  @HttpCode(202)
  @Post(':flowId/resend')
  resend(@Param('flowId') flowId: string) {
    return this.resends.execute(flowId);
  }
}

/** The token must not leak: no cache, no referrer, nothing loaded from elsewhere. */
function answerPage(response: Response, status: number, html: string): void {
  response
    .status(status)
    .set({
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    })
    .type('html')
    .send(html);
}
