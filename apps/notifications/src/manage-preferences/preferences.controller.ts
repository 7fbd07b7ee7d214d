import { Accepts, languageOf, Problem, Public, RateLimit } from '@idxcoop/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { MessagePreferencesDto, MessagePreferencesView, UnsubscribedView } from './preferences.dto';
import { PreferencesHandler } from './preferences.handler';
import { preferencesPage, tornLinkPage, wordingOf } from './preferences.templates';

const FORM = 'application/x-www-form-urlencoded';
const LIMIT = { name: 'preferences', points: 60, seconds: 60, by: 'ip' } as const;

const JSON_OR_PAGE = {
  content: {
    'application/json': { schema: { $ref: getSchemaPath(MessagePreferencesView) } },
    'text/html': { schema: { type: 'string' as const } },
  },
};

/** The links at the end of our mails: no sign-in, no cookie, no redirect. */
@ApiExtraModels(MessagePreferencesView)
@Controller('v1')
export class PreferencesController {
  constructor(private readonly handler: PreferencesHandler) {}

  /** Also what a browser or a scanner opens of `List-Unsubscribe`: it shows, and only its button changes anything. */
  @Public()
  @RateLimit(LIMIT)
  @Get(['preferences/:token', 'unsubscribe/:token'])
  @ApiOkResponse(JSON_OR_PAGE)
  async show(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await answer(this.handler.read(token), token, request, response);
  }

  @Public()
  @RateLimit(LIMIT)
  @Accepts('application/json', FORM)
  @Post('preferences/:token')
  @HttpCode(200)
  @ApiOkResponse(JSON_OR_PAGE)
  async change(
    @Param('token') token: string,
    @Body() body: MessagePreferencesDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const shown = {
      how: 'preferences_page' as const,
      ...(isPage(request) && { wording: wordingOf(languageOf(request.headers['accept-language'])) }),
    };
    await answer(this.handler.execute(token, body, shown), token, request, response);
  }

  /** RFC 8058: the mail program posts `List-Unsubscribe=One-Click`; whatever the body says, the post itself is the wish. */
  @Public()
  @RateLimit(LIMIT)
  @Accepts('application/json', FORM, 'multipart/form-data', 'text/plain')
  @Post('unsubscribe/:token')
  @HttpCode(200)
  @ApiOkResponse({ type: UnsubscribedView })
  unsubscribe(@Param('token') token: string): Promise<UnsubscribedView> {
    return this.handler.unsubscribe(token);
  }
}

function isPage(request: Request): boolean {
  return request.accepts(['json', 'html']) === 'html';
}

/** JSON, unless a browser asks; a person whose link is torn reads a sentence. */
async function answer(
  answered: Promise<MessagePreferencesView>,
  token: string,
  request: Request,
  response: Response,
): Promise<void> {
  const wantsPage = isPage(request);
  const language = languageOf(request.headers['accept-language']);
  try {
    const preferences = await answered;
    response.status(200).setHeader('Cache-Control', 'no-store');
    if (!wantsPage) response.json(preferences);
    else response.type('html').send(preferencesPage(preferences, `/v1/preferences/${token}`, language));
  } catch (error) {
    if (!wantsPage || !(error instanceof Problem) || error.getStatus() !== 404) throw error;
    response.status(404).type('html').send(tornLinkPage(language));
  }
}
