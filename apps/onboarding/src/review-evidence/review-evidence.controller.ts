import { Caller, type CallerIdentity, Idempotent, Roles } from '@idxcoop/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { EVIDENCE_TYPES } from '@idxcoop/contracts';
import { EVIDENCE_ANSWERS } from '../evidence/evidence-view';
import { EvidenceDecisionDto, EvidenceQuery } from './review-evidence.dto';
import { DecideEvidenceHandler } from './decide-evidence.handler';
import { ReadEvidenceHandler } from './read-evidence.handler';

@ApiTags('Evidence')
@ApiBearerAuth()
@Controller('v1/evidence')
export class ReviewEvidenceController {
  constructor(
    private readonly reading: ReadEvidenceHandler,
    private readonly decisions: DecideEvidenceHandler,
  ) {}

  /** What a cooperative of the caller's office handed in, the oldest first. */
  @Roles('officer', 'verifier')
  @ApiOkResponse({ schema: EVIDENCE_ANSWERS.list })
  @Get()
  list(@Query() query: EvidenceQuery, @Caller() caller: CallerIdentity) {
    return this.reading.list(query, caller);
  }

  @Roles('officer', 'verifier')
  @ApiOkResponse({ schema: EVIDENCE_ANSWERS.evidence })
  @Get(':id')
  show(@Param('id') id: string, @Caller() caller: CallerIdentity) {
    return this.reading.show(id, caller);
  }

  /** The document itself, as a file to keep; that it was read is remembered. */
  @Roles('officer', 'verifier')
  @ApiProduces(...EVIDENCE_TYPES)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Get(':id/file')
  async file(@Param('id') id: string, @Caller() caller: CallerIdentity): Promise<StreamableFile> {
    const { stream, mediaType, size, name } = await this.reading.open(id, caller);
    return new StreamableFile(stream, {
      type: mediaType,
      length: size,
      disposition: `attachment; filename="${name}"`,
    });
  }

  /** Accepts a document, or says why not. */
  @Roles('officer', 'verifier')
  @Idempotent()
  @HttpCode(200)
  @ApiOkResponse({ schema: EVIDENCE_ANSWERS.evidence })
  @Post(':id/decision')
  decide(@Param('id') id: string, @Body() input: EvidenceDecisionDto, @Caller() caller: CallerIdentity) {
    return this.decisions.execute(id, input, caller);
  }
}
