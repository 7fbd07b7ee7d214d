import { Accepts, languageOf, Problem, Public, RateLimit } from '@idxcoop/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ANSWERS } from '../answers';
import { ResendVerificationHandler } from './resend-verification.handler';
import { ShowVerificationHandler } from './show-verification.handler';
import { VerifyContactDto } from './verify-contact.dto';
import { VerifyContactHandler } from './verify-contact.handler';
import { type VerificationView, verificationPage } from './verify-contact.templates';

const GUESSES = { name: 'verifications', points: 120, seconds: 60, by: 'ip' } as const;

@ApiTags('Onboarding')
@Controller('v1/verifications')
export class VerifyContactController {
  constructor(
    private readonly verify: VerifyContactHandler,
    private readonly pages: ShowVerificationHandler,
    private readonly resends: ResendVerificationHandler,
  ) {}

  /** A page: the e-mail's link leads to one whose button posts; a WhatsApp message's has a field for the code. */
  @Public()
  @RateLimit(GUESSES)
  @ApiQuery({ name: 'token', required: false, schema: { type: 'string' }, description: 'From the link of an e-mail' })
  @ApiProduces('text/html')
  @Get(':flowId')
  async show(
    @Param('flowId') flowId: string,
    @Query('token') token: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    answerPage(request, response, 200, await this.pages.execute(flowId, token));
  }

  /** Proves an address by the code that was sent, or by the token of the link; a form gets a page back. */
  @Public()
  @RateLimit(GUESSES)
  @Accepts('application/json', 'application/x-www-form-urlencoded')
  @HttpCode(200)
  @ApiOkResponse({ schema: ANSWERS.verified })
  @Post(':flowId')
  async confirm(
    @Param('flowId') flowId: string,
    @Body() input: VerifyContactDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ state: 'verified' } | undefined> {
    if (!request.is('application/x-www-form-urlencoded')) return this.verify.execute(flowId, input);
    try {
      await this.verify.execute(flowId, input);
      answerPage(request, response, 200, { kind: 'done' });
    } catch (error) {
      if (!(error instanceof Problem) || error.kind.status >= 500) throw error;
      answerPage(request, response, error.kind.status, await this.viewAfter(error, flowId, input));
    }
    return undefined;
  }

  /** What somebody sees whose form was refused: the field again while the flow lives. */
  private async viewAfter({ more }: Problem, flowId: string, { token }: VerifyContactDto): Promise<VerificationView> {
    const view = await this.pages.execute(flowId, token ?? undefined);
    const { attemptsLeft } = more;
    return view.kind === 'code' && typeof attemptsLeft === 'number' ? { ...view, attemptsLeft } : view;
  }

  /** Sends the code or link again. */
  @Public()
  @RateLimit({ name: 'verification-resends', points: 60, seconds: 60, by: 'ip' })
  @HttpCode(202)
  @ApiAcceptedResponse({ schema: ANSWERS.flow })
  @Post(':flowId/resend')
  resend(@Param('flowId') flowId: string) {
    return this.resends.execute(flowId);
  }
}

/** The token must not leak: no cache, no referrer, nothing loaded from elsewhere. */
function answerPage(request: Request, response: Response, status: number, view: VerificationView): void {
  response
    .status(status)
    .set({
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    })
    .type('html')
    .send(verificationPage(languageOf(request.headers['accept-language']), view));
}
