import { event, ReadinessAssessedV1 } from '@idxcoop/contracts';
import { Outbox } from '@idxcoop/messaging';
import {
  Clock,
  fieldError,
  IdempotencyKeys,
  type Language,
  Mongo,
  newId,
  RateLimits,
  refusal,
} from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import type { CooperativeDocument } from '../cooperative/cooperative.schema';
import { type Asking, SelfOrOffice } from '../cooperative/self-or-office';
import { Assessment } from '../readiness/assessment.schema';
import { CURRENT_RUBRIC, rubricOf } from '../readiness/rubric';
import { faultsOf, scoresOf, weakestFirst } from '../readiness/score';
import { Requirements } from '../requirement/requirements';
import type { AssessReadinessDto } from './assess-readiness.dto';
import { viewAssessment } from './assessment-view';
import { ANSWER_FAULTS } from './assess-readiness.templates';

/** Keeps what a cooperative, or an assistant with it, answered about its readiness, and tells what follows from it. */
@Injectable()
export class AssessReadinessHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Assessment.name) private readonly assessments: Model<Assessment>,
    private readonly door: SelfOrOffice,
    private readonly requirements: Requirements,
    private readonly outbox: Outbox,
    private readonly limits: RateLimits,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  async execute(id: string, input: AssessReadinessDto, asking: Asking, language: Language) {
    await this.door.open(id, asking);
    const rubric = input.rubric ? rubricOf(input.rubric) : CURRENT_RUBRIC;
    if (!rubric) throw refusal([fieldError('/rubric', 'unknown_rubric', ANSWER_FAULTS.unknown_rubric)]);
    const { answers } = input;
    const faults = faultsOf(rubric, answers);
    if (faults.length > 0)
      throw refusal(faults.map((fault) => fieldError(`/answers/${fault.id}`, fault.code, ANSWER_FAULTS[fault.code])));
    await this.limits.take('assessments', id, { points: 10, seconds: 86_400 });
    return this.mongo.transaction(async (session) => {
      const assessedAt = this.clock.now();
      const { cooperative, source } = await this.door.open(id, asking, session);
      const [before] = await this.assessments
        .find({ cooperativeId: id })
        .sort({ moment: -1 })
        .limit(1)
        .session(session)
        .lean<Assessment[]>();
      const assessment: Assessment = {
        ...{ _id: newId(), cooperativeId: id, moment: before ? before.moment + 1 : 0, rubric: rubric.version },
        answers: Object.entries(answers).map(([question, answer]) => ({ question, answer })),
        ...{ scores: scoresOf(rubric, answers), source, assessedAt },
      };
      await this.record(cooperative, assessment, session);
      const answer = viewAssessment(assessment, before, language);
      const location = `/v1/cooperatives/${id}/assessments`;
      await this.idempotency.record(answer, session, { location });
      return answer;
    });
  }

  /** All assessments of a cooperative, the first first. */
  async list(id: string, asking: Asking, language: Language) {
    await this.door.open(id, asking);
    const found = await this.assessments.find({ cooperativeId: id }).sort({ moment: 1 }).lean<Assessment[]>();
    return { items: found.map((entry, index) => viewAssessment(entry, found[index - 1], language)), nextCursor: null };
  }

  private async record(cooperative: CooperativeDocument, assessment: Assessment, session: ClientSession) {
    const { _id: assessmentId, moment, rubric, scores, source, assessedAt: at } = assessment;
    const ranked = weakestFirst(scores);
    cooperative.assessedAt ??= at;
    cooperative.factSources = { ...cooperative.factSources, selfAssessment: source };
    cooperative.seen(at);
    const fact = event(ReadinessAssessedV1, {
      ...cooperative.fact(at),
      ...{ assessmentId, moment, rubric },
      dimensions: ranked.map(({ dimension }) => dimension),
      scores: ranked.map(({ score }) => score),
      bands: ranked.map(({ band }) => band),
    });
    await this.outbox.add(cooperative, fact, session);
    await cooperative.save({ session });
    await this.assessments.insertMany([assessment], { session });
    await this.requirements.settle(cooperative, session);
  }
}
