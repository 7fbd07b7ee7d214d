import { MessagingModule } from '@idxcoop/messaging';
import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AnnounceDecisionConsumer } from './announce-decision/announce-decision.consumer';
import { AnnounceMilestoneConsumer } from './announce-milestone/announce-milestone.consumer';
import { Audience, AudienceSchema } from './audience/audience.schema';
import { Audiences } from './audience/audiences';
import { Campaign, CampaignSchema } from './campaign/campaign.schema';
import { Campaigns } from './campaign/campaigns';
import { DeliverMessageJob } from './deliver-message/deliver-message.job';
import { EmailChannel } from './deliver-message/email.channel';
import { StoppedLine, StoppedLineSchema } from './deliver-message/line.schema';
import { Lines } from './deliver-message/lines';
import { Letters } from './deliver-message/letters';
import { Outcomes } from './deliver-message/outcomes';
import { Post } from './deliver-message/post';
import { WhatsAppChannel } from './deliver-message/whatsapp.channel';
import { ListMessagesController } from './list-messages/list-messages.controller';
import { ListMessagesHandler } from './list-messages/list-messages.handler';
import { CampaignViews } from './manage-campaigns/campaign-views';
import { ManageCampaignsController } from './manage-campaigns/manage-campaigns.controller';
import { ManageCampaignsHandler } from './manage-campaigns/manage-campaigns.handler';
import { PreferencesController } from './manage-preferences/preferences.controller';
import { PreferencesHandler } from './manage-preferences/preferences.handler';
import { Leases } from './message/leases';
import { Message, MessageSchema } from './message/message.schema';
import { MessageMetrics } from './message/message-metrics';
import { Messages } from './message/messages';
import { RequestVerificationConsumer } from './request-verification/request-verification.consumer';
import { ResolveAudienceJob } from './resolve-audience/resolve-audience.job';
import { RunCampaignJob } from './run-campaign/run-campaign.job';
import { SendStatusLinkConsumer } from './send-status-link/send-status-link.consumer';
import { ReceiveStatusesHandler } from './settle-status/receive-statuses.handler';
import { SettleStatusJob } from './settle-status/settle-status.job';
import { StatusReceipt, StatusReceiptSchema } from './settle-status/status-receipt.schema';
import { WhatsAppWebhookController } from './settle-status/whatsapp-webhook.controller';
import { Suppression, SuppressionSchema } from './suppression/suppression.schema';
import { Suppressions } from './suppression/suppressions';
import { WelcomeCooperativeConsumer } from './welcome-cooperative/welcome-cooperative.consumer';

/** Messages to people: planned by facts, delivered by jobs, settled by what providers say. */
@Module({
  imports: [
    MessagingModule.forService('notifications'),
    MongooseModule.forFeature([
      { name: Message.name, schema: MessageSchema },
      { name: Audience.name, schema: AudienceSchema },
      { name: Suppression.name, schema: SuppressionSchema },
      { name: StoppedLine.name, schema: StoppedLineSchema },
      { name: Campaign.name, schema: CampaignSchema },
      { name: StatusReceipt.name, schema: StatusReceiptSchema },
    ]),
  ],
  controllers: [
    RequestVerificationConsumer,
    WelcomeCooperativeConsumer,
    SendStatusLinkConsumer,
    AnnounceDecisionConsumer,
    AnnounceMilestoneConsumer,
    ListMessagesController,
    ManageCampaignsController,
    PreferencesController,
    WhatsAppWebhookController,
  ],
  providers: [
    Messages,
    Leases,
    MessageMetrics,
    Audiences,
    Suppressions,
    ResolveAudienceJob,
    DeliverMessageJob,
    Letters,
    Post,
    Outcomes,
    Lines,
    EmailChannel,
    WhatsAppChannel,
    ListMessagesHandler,
    Campaigns,
    ManageCampaignsHandler,
    CampaignViews,
    RunCampaignJob,
    PreferencesHandler,
    ReceiveStatusesHandler,
    SettleStatusJob,
  ],
})
export class NotificationsModule {
  static readonly service = 'notifications' as const;
}
