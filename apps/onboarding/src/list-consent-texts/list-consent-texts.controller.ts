import { Public, RateLimit } from '@idxcoop/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CONSENT_WORDINGS } from '../people/consent-texts';
import { PRIVACY_ANSWERS } from '../privacy/privacy-answers';
import { ConsentTextsQuery } from './list-consent-texts.dto';

@ApiTags('Privacy')
@Controller('v1/consent-texts')
export class ListConsentTextsController {
  /** The texts that people agree to, every version that there ever was, with the digest that proves it. */
  @Public()
  @RateLimit({ name: 'consent-texts', points: 300, seconds: 60, by: 'ip' })
  @ApiOkResponse({ schema: PRIVACY_ANSWERS.consentTexts })
  @Get()
  list(@Query() { version, language }: ConsentTextsQuery) {
    const items = CONSENT_WORDINGS.filter(
      (text) => (!version || text.version === version) && (!language || text.language === language),
    );
    return { items, nextCursor: null };
  }
}
