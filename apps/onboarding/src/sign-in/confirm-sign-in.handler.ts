import { Clock, fieldError, Mongo, notFound, Problem, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { Cooperative } from '../cooperative/cooperative.schema';
import { expiredCode, wrongCode } from '../problems.templates';
import { Sessions } from '../sessions/sessions';
import type { SignInFlowDocument } from '../sessions/sign-in-flow.schema';
import { SignInFlows } from '../sessions/sign-in-flows';
import { type Subject, Subjects } from '../sessions/subjects';
import type { ConfirmSignInDto } from './sign-in.dto';
import { unknownChoice } from './sign-in.templates';

/** Lets in whoever has the code. Of an address that speaks for several the person says as whom. */
@Injectable()
export class ConfirmSignInHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly flows: SignInFlows,
    private readonly subjects: Subjects,
    private readonly sessions: Sessions,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async execute(flowId: string, input: ConfirmSignInDto) {
    // A wrong guess is a change too: it is committed first, and refused afterwards.
    const result = await this.mongo.transaction((session) => this.judge(flowId, input, session));
    if (result instanceof Problem) throw result;
    if ('choices' in result) return result;
    return this.sessions.answer(result.opened, result.subject, result.refreshToken);
  }

  private async judge(flowId: string, { code, choice }: ConfirmSignInDto, session: ClientSession) {
    const flow = await this.flows.find(flowId, session);
    if (!flow) throw notFound();
    if (!code.trim()) throw refusal([fieldError('/code', 'required')]);
    if (!flow.isLive(this.clock.now())) {
      const isExpired = flow.state === 'open' || flow.state === 'expired';
      const nextFlowId = await this.flows.successor(flow, session);
      return (isExpired ? expiredCode : wrongCode)({ attemptsLeft: 0, nextFlowId });
    }
    // Looked up whether or not the code is right: the time tells nothing.
    const found = await this.subjects.of(flow.addressHash, session);
    if (!this.flows.isCode(flow, code) || found.length === 0) return this.refuse(flow, session);
    const chosen = choice ? found.find((subject) => idOf(subject) === choice) : found.length === 1 && found[0];
    if (choice && !chosen) throw refusal([fieldError('/choice', unknownChoice.code, unknownChoice)]);
    return chosen ? this.accept(flow, chosen, session) : { state: 'choose' as const, choices: found.map(viewChoice) };
  }

  private async accept(flow: SignInFlowDocument, subject: Subject, session: ClientSession) {
    flow.state = 'verified';
    await flow.save({ session });
    const { opened, refreshToken } = await this.sessions.open(subject, session);
    if (subject.kind === 'cooperative') await this.seen(subject.cooperativeId, session);
    const about = { kind: subject.kind, id: idOf(subject) };
    const who =
      subject.kind === 'cooperative' ? { personId: subject.subjectId, by: 'person' } : { by: subject.subjectId };
    await this.audit.add({ action: 'session.opened', subject: about, ...who }, session);
    return { opened, refreshToken, subject };
  }

  private async seen(cooperativeId: string, session: ClientSession): Promise<void> {
    const cooperative = await this.cooperatives.findById(cooperativeId).session(session);
    cooperative?.seen(this.clock.now());
    await cooperative?.save({ session });
  }

  private async refuse(flow: SignInFlowDocument, session: ClientSession): Promise<Problem> {
    flow.attemptsLeft -= 1;
    if (flow.attemptsLeft <= 0) flow.state = 'spent';
    await flow.save({ session });
    const nextFlowId = flow.attemptsLeft > 0 ? null : await this.flows.successor(flow, session);
    return wrongCode({ attemptsLeft: Math.max(0, flow.attemptsLeft), nextFlowId });
  }
}

/** What a subject is chosen by. */
function idOf(subject: Subject): string {
  return subject.kind === 'cooperative' ? subject.cooperativeId : subject.subjectId;
}

function viewChoice(subject: Subject) {
  return { kind: subject.kind, id: idOf(subject), name: subject.name };
}
