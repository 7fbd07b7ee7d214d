import { MessagingModule } from '@idxcoop/messaging';
import { Regions } from '@idxcoop/platform';
import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AllocateTargetController } from './allocate-target/allocate-target.controller';
import { ChangePlanController } from './change-plan/change-plan.controller';
import { ChangePlanHandler } from './change-plan/change-plan.handler';
import { ComposeDigestJob } from './compose-digest/compose-digest.job';
import { DescribeIndicatorsController } from './describe-indicators/describe-indicators.controller';
import { DigestSubscription, DigestSubscriptionSchema } from './digest/digest-subscription.schema';
import { Fact, FactSchema } from './fact/fact.schema';
import { FoldFactsJob } from './fold-facts/fold-facts.job';
import { Indicator, IndicatorSchema, Observation, ObservationSchema } from './indicator/indicator.schema';
import { Indicators } from './indicator/indicators';
import { MarkMilestonesJob } from './mark-milestones/mark-milestones.job';
import { MilestoneMark, MilestoneMarkSchema } from './mark-milestones/milestone.schema';
import { CooperativeFactsReader } from './membership/cooperative-facts';
import { Counts } from './membership/counts';
import { Fold } from './membership/fold';
import { FoldLease } from './membership/fold-lease';
import {
  CountCell,
  CountCellSchema,
  FoldState,
  FoldStateSchema,
  Membership,
  MembershipSchema,
} from './membership/membership.schema';
import { OrderDigestController } from './order-digest/order-digest.controller';
import { OrderDigestHandler } from './order-digest/order-digest.handler';
import { ProgressReader } from './progress/progress-reader';
import { Series } from './progress/series';
import { ReadProgressController } from './read-progress/read-progress.controller';
import { ReadRevisionsController } from './read-revisions/read-revisions.controller';
import { Restatements } from './read-revisions/restatements';
import { ReadStatisticsController } from './read-statistics/read-statistics.controller';
import { ReadTargetsController } from './read-targets/read-targets.controller';
import { RebuildProjectionsHandler } from './rebuild-projections/rebuild-projections.handler';
import { RecordFactConsumer } from './record-fact/record-fact.consumer';
import { SetTargetController } from './set-target/set-target.controller';
import { SetTargetHandler } from './set-target/set-target.handler';
import { SetWorkCalendarController } from './set-work-calendar/set-work-calendar.controller';
import { Snapshot, SnapshotSchema } from './snapshot/snapshot.schema';
import { TakeSnapshotController } from './take-snapshot/take-snapshot.controller';
import { TakeSnapshotHandler } from './take-snapshot/take-snapshot.handler';
import { TakeSnapshotJob } from './take-snapshot/take-snapshot.job';
import { Target, TargetSchema } from './target/target.schema';
import { WorkCalendar, WorkCalendarSchema } from './work-calendar/work-calendar.schema';

/** The record of all facts, and what is told of it: counts, targets, progress, snapshots. */
@Module({
  imports: [
    MessagingModule.forService('reporting'),
    MongooseModule.forFeature([
      { name: Fact.name, schema: FactSchema },
      { name: Membership.name, schema: MembershipSchema },
      { name: CountCell.name, schema: CountCellSchema },
      { name: FoldState.name, schema: FoldStateSchema },
      { name: Target.name, schema: TargetSchema },
      { name: Indicator.name, schema: IndicatorSchema },
      { name: Observation.name, schema: ObservationSchema },
      { name: WorkCalendar.name, schema: WorkCalendarSchema },
      { name: Snapshot.name, schema: SnapshotSchema },
      { name: MilestoneMark.name, schema: MilestoneMarkSchema },
      { name: DigestSubscription.name, schema: DigestSubscriptionSchema },
    ]),
  ],
  controllers: [
    RecordFactConsumer,
    SetTargetController,
    ChangePlanController,
    ReadTargetsController,
    ReadProgressController,
    ReadRevisionsController,
    TakeSnapshotController,
    AllocateTargetController,
    DescribeIndicatorsController,
    SetWorkCalendarController,
    ReadStatisticsController,
    OrderDigestController,
  ],
  providers: [
    { provide: Regions, useFactory: () => new Regions() },
    CooperativeFactsReader,
    FoldLease,
    Fold,
    FoldFactsJob,
    Counts,
    Series,
    Indicators,
    ProgressReader,
    SetTargetHandler,
    ChangePlanHandler,
    TakeSnapshotHandler,
    TakeSnapshotJob,
    MarkMilestonesJob,
    OrderDigestHandler,
    ComposeDigestJob,
    Restatements,
    RebuildProjectionsHandler,
  ],
})
export class ReportingModule {
  static readonly service = 'reporting' as const;
}
