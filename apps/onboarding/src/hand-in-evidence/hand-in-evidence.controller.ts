import { Accepts, type AccessRequest, Idempotent, Public } from '@idxcoop/platform';
import { Body, Controller, Get, Headers, Param, Post, Req, UploadedFile, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { EVIDENCE_ANSWERS } from '../evidence/evidence-view';
import { SHOWN_BY_EVIDENCE } from '../evidence/evidence.schema';
import { EvidenceDto } from './hand-in-evidence.dto';
import { HandInEvidenceHandler } from './hand-in-evidence.handler';
import { ReadEvidence, type TakenIn } from './read-evidence';

const text = { type: 'string' };

@ApiTags('Evidence')
@ApiBearerAuth()
@Controller('v1/cooperatives/:id/evidence')
export class HandInEvidenceController {
  constructor(private readonly handler: HandInEvidenceHandler) {}

  /** Hands in a document (PDF, JPEG or PNG, told by its content) for a requirement; by the cooperative, or on its behalf. */
  @Public()
  @Accepts('multipart/form-data')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file', 'requirement'],
      properties: {
        file: { type: 'string', format: 'binary' },
        requirement: { type: 'string', enum: [...SHOWN_BY_EVIDENCE] },
        period: text,
        expiresOn: text,
      } as never,
    },
  })
  // Decorators run from below: the file is read before its key is looked at.
  @Idempotent({ location: (answer: { id: string }) => `/v1/evidence/${answer.id}` })
  @UseInterceptors(ReadEvidence)
  @ApiCreatedResponse({ schema: EVIDENCE_ANSWERS.evidence })
  @Post()
  handIn(
    @Param('id') id: string,
    @UploadedFile() file: TakenIn | undefined,
    @Body() input: EvidenceDto,
    @Req() request: AccessRequest,
  ) {
    return this.handler.execute(id, file, input, request);
  }

  /** What was handed in and how it was decided, with the status token. The bytes are for officers alone. */
  @Public()
  @ApiOkResponse({ schema: EVIDENCE_ANSWERS.list })
  @Get()
  list(@Param('id') id: string, @Headers('authorization') authorization: string | undefined) {
    return this.handler.list(id, authorization);
  }
}
