import { Accepts, Caller, type CallerIdentity, Idempotent, languageOf, Roles } from '@idxcoop/platform';
import {
  Controller,
  Get,
  Header,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  Res,
  StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { ANSWERS } from '../answers';
import { AcceptImportHandler } from './accept-import.handler';
import { ImportQuery } from './import-cooperatives.dto';
import { ReadFile } from './read-file';
import { RollBackImportHandler } from './roll-back-import.handler';
import { ShowImportHandler, viewImport } from './show-import.handler';
import type { TakenFile } from './stored-file';

@ApiTags('Imports')
@ApiBearerAuth()
@Controller('v1/imports')
export class ImportCooperativesController {
  constructor(
    private readonly intake: AcceptImportHandler,
    private readonly imports: ShowImportHandler,
    private readonly rollbacks: RollBackImportHandler,
  ) {}

  /** Takes a CSV or XLSX file in; the same file again answers with the first import. */
  @Roles('officer', 'verifier')
  @Accepts('multipart/form-data')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
  })
  // Decorators run from below: the file is read before its key is looked at.
  @Idempotent()
  @UseInterceptors(ReadFile)
  @HttpCode(202)
  @ApiAcceptedResponse({ schema: ANSWERS.import })
  @ApiOkResponse({ schema: ANSWERS.import })
  @Post('cooperatives')
  async accept(
    @UploadedFile() file: TakenFile | undefined,
    @Query() { dryRun, mode = 'partial' }: ImportQuery,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { found, isNew } = await this.intake.execute(file, dryRun === 'true', mode, caller);
    response.status(isNew ? 202 : 200).set('Location', `/v1/imports/${found._id}`);
    return viewImport(found);
  }

  @Roles('officer', 'verifier')
  @ApiOkResponse({ schema: ANSWERS.import })
  @Get(':id')
  async show(@Param('id') id: string, @Caller() caller: CallerIdentity) {
    return viewImport(await this.imports.execute(id, caller));
  }

  /** The rows that were not taken, as a CSV file in the language of the request. */
  @Roles('officer', 'verifier')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @Header('Content-Disposition', 'attachment; filename="errors.csv"')
  @Get(':id/errors.csv')
  async errors(
    @Param('id') id: string,
    @Caller() caller: CallerIdentity,
    @Headers('accept-language') language?: string,
  ) {
    return new StreamableFile(Readable.from(await this.imports.errorsOf(id, caller, languageOf(language))));
  }

  /** Takes a whole import back: 202 while that is under way, 200 when it is done. */
  @Roles('officer', 'verifier')
  @ApiAcceptedResponse({ schema: ANSWERS.import })
  @ApiOkResponse({ schema: ANSWERS.import })
  @Post(':id/rollback')
  async rollBack(
    @Param('id') id: string,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) response: Response,
  ) {
    const found = await this.rollbacks.execute(id, caller);
    response.status(found.state === 'rolled_back' ? 200 : 202);
    return viewImport(found);
  }
}
