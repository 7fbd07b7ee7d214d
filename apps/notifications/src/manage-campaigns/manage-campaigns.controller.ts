import { Caller, CallerIdentity, Idempotent, Roles } from '@idxcoop/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { CampaignListView, CampaignsQuery, CampaignView, NewCampaignDto } from './manage-campaigns.dto';
import { ManageCampaignsHandler } from './manage-campaigns.handler';

/** Announcements to many: written, counted, started, paused, and watched. */
@Roles('ministry')
@Controller('v1/campaigns')
export class ManageCampaignsController {
  constructor(private readonly handler: ManageCampaignsHandler) {}

  /** Nothing is sent yet: its people are counted first, and `start` sends. */
  @Idempotent({ location: ({ id }: CampaignView) => `/v1/campaigns/${id}` })
  @Post()
  @ApiCreatedResponse({ type: CampaignView })
  create(@Body() input: NewCampaignDto, @Caller() caller: CallerIdentity): Promise<CampaignView> {
    return this.handler.create(input, caller.subject);
  }

  @Get()
  @ApiOkResponse({ type: CampaignListView })
  list(@Query() query: CampaignsQuery): Promise<CampaignListView> {
    return this.handler.list(query);
  }

  @Get(':id')
  @ApiOkResponse({ type: CampaignView })
  show(@Param('id') id: string): Promise<CampaignView> {
    return this.handler.show(id);
  }

  /** Also goes on after a pause. */
  @Post(':id/start')
  @HttpCode(200)
  @ApiOkResponse({ type: CampaignView })
  start(@Param('id') id: string): Promise<CampaignView> {
    return this.handler.move(id, 'start');
  }

  /** Within a second nothing more of it leaves. */
  @Post(':id/pause')
  @HttpCode(200)
  @ApiOkResponse({ type: CampaignView })
  pause(@Param('id') id: string): Promise<CampaignView> {
    return this.handler.move(id, 'pause');
  }

  /** For good: what was not sent is suppressed. */
  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOkResponse({ type: CampaignView })
  cancel(@Param('id') id: string): Promise<CampaignView> {
    return this.handler.move(id, 'cancel');
  }
}
