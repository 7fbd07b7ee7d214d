import { Idempotent, Roles } from '@idxcoop/platform';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiExtraModels, ApiOkResponse } from '@nestjs/swagger';
import {
  MailPreviewView,
  PreviewTemplateDto,
  TemplateListView,
  TemplatePreviewView,
  TemplateTestView,
  TestTemplateDto,
} from './manage-templates.dto';
import { ManageTemplatesHandler } from './manage-templates.handler';

/** The wordings of messages: what there is, how it reads, and how it looks in one's own mailbox. */
@ApiExtraModels(MailPreviewView)
@Roles('operations', 'ministry')
@Controller('v1/templates')
export class ManageTemplatesController {
  constructor(private readonly handler: ManageTemplatesHandler) {}

  @Get()
  @ApiOkResponse({ type: TemplateListView })
  list(): Promise<TemplateListView> {
    return this.handler.list();
  }

  /** Filled with samples; nothing is sent. */
  @Post(':key/preview')
  @HttpCode(200)
  @ApiOkResponse({ type: TemplatePreviewView })
  preview(@Param('key') key: string, @Body() input: PreviewTemplateDto): TemplatePreviewView {
    return this.handler.preview(key, input);
  }

  /** Sends it to an official, filled with samples and marked as a test. */
  @Idempotent()
  @Post(':key/test')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: TemplateTestView })
  test(@Param('key') key: string, @Body() input: TestTemplateDto): Promise<TemplateTestView> {
    return this.handler.test(key, input);
  }
}
