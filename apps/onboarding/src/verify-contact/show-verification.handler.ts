import { Clock, Derivation } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { VERIFICATION, VerificationFlow } from '../people/verification-flow.schema';
import type { VerificationView } from './verify-contact.templates';

/** What the page of a flow shows. Looking changes nothing, so that a mail scanner verifies nothing. */
@Injectable()
export class ShowVerificationHandler {
  constructor(
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    private readonly derivation: Derivation,
    private readonly clock: Clock,
  ) {}

  async execute(flowId: string, token: string | undefined): Promise<VerificationView> {
    const flow = await this.flows.findById(flowId);
    if (!flow) return { kind: 'gone' };
    if (flow.state === 'verified') return { kind: 'done' };
    if (flow.isLive(this.clock.now())) {
      if (flow.channel === 'whatsapp') return { kind: 'code', flowId: flow.id };
      const isOurs = token && this.derivation.readToken(VERIFICATION, token)?.subjectId === flow.id;
      return isOurs ? { kind: 'link', flowId: flow.id, token } : { kind: 'incomplete' };
    }
    const kind = flow.state === 'spent' ? 'spent' : flow.state === 'replaced' ? 'gone' : 'expired';
    // The next link stands in its own e-mail; the next code is typed here.
    return { kind, ...(flow.channel === 'whatsapp' && flow.nextFlowId && { nextFlowId: flow.nextFlowId }) };
  }
}
