import { MessagingModule } from '@idxcoop/messaging';
import { Regions } from '@idxcoop/platform';
import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AdvanceCourseJob } from './advance-course/advance-course.job';
import { AnnounceDecisionConsumer } from './announce-decision/announce-decision.consumer';
import { AnnounceEscalationConsumer } from './announce-escalation/announce-escalation.consumer';
import { AnnounceMilestoneConsumer } from './announce-milestone/announce-milestone.consumer';
import { AnswerInboundJob } from './answer-inbound/answer-inbound.job';
import { AnsweredNumber, AnsweredNumberSchema } from './answer-inbound/answered-number.schema';
import { Correspondents } from './answer-inbound/correspondents';
import { InboundMessage, InboundMessageSchema } from './answer-inbound/inbound-message.schema';
import { InboundMessages } from './answer-inbound/inbound-messages';
import { AskForInformationConsumer } from './ask-for-information/ask-for-information.consumer';
import { Audience, AudienceSchema } from './audience/audience.schema';
import { Audiences } from './audience/audiences';
import { Bundle, BundleSchema } from './bundle/bundle.schema';
import { Bundles } from './bundle/bundles';
import { Campaign, CampaignSchema } from './campaign/campaign.schema';
import { Campaigns } from './campaign/campaigns';
import { ToldAddress, ToldAddressSchema } from './campaign/told-address.schema';
import { Course, CourseSchema } from './course/course.schema';
import { Courses } from './course/courses';
import { Costs } from './cost/costs';
import { DailyCost, DailyCostSchema } from './cost/daily-cost.schema';
import { DeliverMessageJob } from './deliver-message/deliver-message.job';
import { Dkim } from './deliver-message/dkim';
import { EmailChannel } from './deliver-message/email.channel';
import { Breakers } from './provider/breakers';
import { Consequences } from './provider/consequences';
import { StoppedLine, StoppedLineSchema } from './provider/line.schema';
import { Lines } from './provider/lines';
import { Freshness } from './deliver-message/freshness';
import { Letters } from './deliver-message/letters';
import { Outcomes } from './deliver-message/outcomes';
import { Post } from './deliver-message/post';
import { WhatsAppChannel } from './deliver-message/whatsapp.channel';
import { WhatsAppToken } from './deliver-message/whatsapp-token';
import { ForgetMessagesJob } from './forget-messages/forget-messages.job';
import { AccountNotice, AccountNoticeSchema } from './follow-account/account-notice.schema';
import { AccountNotices } from './follow-account/account-notices';
import { FollowAccountJob } from './follow-account/follow-account.job';
import { DailyBudget, DailyBudgetSchema } from './limit/daily-budget.schema';
import { DailyBudgets } from './limit/daily-budgets';
import { Limits } from './limit/limits';
import { Places } from './limit/places';
import { SentBefore } from './limit/sent-before';
import { ListConsentsController } from './list-consents/list-consents.controller';
import { ListConsentsHandler } from './list-consents/list-consents.handler';
import { ListCostsController } from './list-costs/list-costs.controller';
import { ListCostsHandler } from './list-costs/list-costs.handler';
import { ListMessagesController } from './list-messages/list-messages.controller';
import { ListMessagesHandler } from './list-messages/list-messages.handler';
import { CampaignViews } from './manage-campaigns/campaign-views';
import { ManageCampaignsController } from './manage-campaigns/manage-campaigns.controller';
import { ManageCampaignsHandler } from './manage-campaigns/manage-campaigns.handler';
import { ManageTemplatesController } from './manage-templates/manage-templates.controller';
import { ManageTemplatesHandler } from './manage-templates/manage-templates.handler';
import { ManageSuppressionsController } from './manage-suppressions/manage-suppressions.controller';
import { ManageSuppressionsHandler } from './manage-suppressions/manage-suppressions.handler';
import { PersonChannels } from './manage-preferences/person-channels';
import { PreferencesController } from './manage-preferences/preferences.controller';
import { PreferencesHandler } from './manage-preferences/preferences.handler';
import { InviteBackConsumer } from './invite-back/invite-back.consumer';
import { Acceptances } from './message/acceptances';
import { Leases } from './message/leases';
import { Message, MessageSchema } from './message/message.schema';
import { MessageMetrics } from './message/message-metrics';
import { Messages } from './message/messages';
import { MailWebhookController } from './receive-webhook/mail-webhook.controller';
import { ReceiveMailReportHandler } from './receive-webhook/receive-mail-report.handler';
import { ReceiveWebhookHandler } from './receive-webhook/receive-webhook.handler';
import { WhatsAppWebhookController } from './receive-webhook/whatsapp-webhook.controller';
import { RemindOfRequirementConsumer } from './remind-of-requirement/remind-of-requirement.consumer';
import { RequestVerificationConsumer } from './request-verification/request-verification.consumer';
import { ResolveAudienceJob } from './resolve-audience/resolve-audience.job';
import { RunCampaignJob } from './run-campaign/run-campaign.job';
import { SendDigestConsumer } from './send-digest/send-digest.consumer';
import { AnswerPrivacyRequestConsumer } from './answer-privacy-request/answer-privacy-request.consumer';
import { FindMessagesController } from './find-messages/find-messages.controller';
import { ForgetPersonConsumer } from './forget-person/forget-person.consumer';
import { SendStatusLinkConsumer } from './send-status-link/send-status-link.consumer';
import { SendSignInCodeConsumer } from './send-sign-in-code/send-sign-in-code.consumer';
import { SettleStatusJob } from './settle-status/settle-status.job';
import { StatusReceipt, StatusReceiptSchema } from './settle-status/status-receipt.schema';
import { StatusReceipts } from './settle-status/status-receipts';
import { SuggestLibraryItemsConsumer } from './suggest-library-items/suggest-library-items.consumer';
import { DigestDay, DigestDaySchema } from './silence/digest-day.schema';
import { DigestDays } from './silence/digest-days';
import { Silence } from './silence/silence';
import { ConsentEntry, ConsentEntrySchema } from './suppression/consent-entry.schema';
import { ConsentLedger } from './suppression/consent-ledger';
import { Subjects } from './suppression/subjects';
import { Suppression, SuppressionSchema } from './suppression/suppression.schema';
import { Suppressions } from './suppression/suppressions';
import { SwitchLinesController } from './switch-lines/switch-lines.controller';
import { SwitchLinesHandler } from './switch-lines/switch-lines.handler';
import { TemplateState, TemplateStateSchema } from './template/template-state.schema';
import { TemplateStates } from './template/template-states';
import { WelcomeCooperativeConsumer } from './welcome-cooperative/welcome-cooperative.consumer';

/** Messages to people: planned by facts, delivered by jobs, settled by what providers say. */
@Module({
  imports: [
    MessagingModule.forService('notifications'),
    MongooseModule.forFeature([
      { name: Message.name, schema: MessageSchema },
      { name: Audience.name, schema: AudienceSchema },
      { name: Course.name, schema: CourseSchema },
      { name: Bundle.name, schema: BundleSchema },
      { name: Suppression.name, schema: SuppressionSchema },
      { name: ConsentEntry.name, schema: ConsentEntrySchema },
      { name: DigestDay.name, schema: DigestDaySchema },
      { name: StoppedLine.name, schema: StoppedLineSchema },
      { name: DailyCost.name, schema: DailyCostSchema },
      { name: DailyBudget.name, schema: DailyBudgetSchema },
      { name: Campaign.name, schema: CampaignSchema },
      { name: ToldAddress.name, schema: ToldAddressSchema },
      { name: StatusReceipt.name, schema: StatusReceiptSchema },
      { name: InboundMessage.name, schema: InboundMessageSchema },
      { name: AnsweredNumber.name, schema: AnsweredNumberSchema },
      { name: TemplateState.name, schema: TemplateStateSchema },
      { name: AccountNotice.name, schema: AccountNoticeSchema },
    ]),
  ],
  controllers: [
    RequestVerificationConsumer,
    WelcomeCooperativeConsumer,
    SendStatusLinkConsumer,
    AnswerPrivacyRequestConsumer,
    ForgetPersonConsumer,
    FindMessagesController,
    SendSignInCodeConsumer,
    AnnounceDecisionConsumer,
    AskForInformationConsumer,
    AnnounceEscalationConsumer,
    AnnounceMilestoneConsumer,
    RemindOfRequirementConsumer,
    InviteBackConsumer,
    SuggestLibraryItemsConsumer,
    SendDigestConsumer,
    ListMessagesController,
    ManageTemplatesController,
    ListCostsController,
    SwitchLinesController,
    ListConsentsController,
    ManageSuppressionsController,
    ManageCampaignsController,
    PreferencesController,
    WhatsAppWebhookController,
    MailWebhookController,
  ],
  providers: [
    Messages,
    Leases,
    Acceptances,
    MessageMetrics,
    Audiences,
    Suppressions,
    ConsentLedger,
    DigestDays,
    Silence,
    ResolveAudienceJob,
    { provide: Regions, useFactory: () => new Regions() },
    Courses,
    Bundles,
    AdvanceCourseJob,
    DeliverMessageJob,
    ForgetMessagesJob,
    Letters,
    Freshness,
    Post,
    Outcomes,
    Lines,
    Consequences,
    Breakers,
    Costs,
    ListCostsHandler,
    SwitchLinesHandler,
    Dkim,
    WhatsAppToken,
    Limits,
    Places,
    DailyBudgets,
    SentBefore,
    EmailChannel,
    WhatsAppChannel,
    ListMessagesHandler,
    TemplateStates,
    ManageTemplatesHandler,
    ListConsentsHandler,
    Subjects,
    ManageSuppressionsHandler,
    Campaigns,
    ManageCampaignsHandler,
    CampaignViews,
    RunCampaignJob,
    PreferencesHandler,
    PersonChannels,
    ReceiveWebhookHandler,
    ReceiveMailReportHandler,
    StatusReceipts,
    SettleStatusJob,
    InboundMessages,
    Correspondents,
    AnswerInboundJob,
    AccountNotices,
    FollowAccountJob,
  ],
})
export class NotificationsModule {
  static readonly service = 'notifications' as const;
}
