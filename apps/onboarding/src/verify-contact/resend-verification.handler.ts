import { Outbox } from '@idxcoop/messaging';
import { Clock, Mongo, notFound, rateLimited } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Cooperative } from '../cooperative/cooperative.schema';
import { ContactBook } from '../people/contact-book';
import { Person } from '../people/person.schema';
import {
  expiryOf,
  publicFlow,
  SENDS_PER_FLOW,
  VerificationFlow,
  waitForSend,
} from '../people/verification-flow.schema';
import { contactAlreadyVerified, wrongState } from '../problems.templates';
import { SucceedFlowHandler } from './succeed-flow.handler';

/** Sends once more: with the flow that lives, else with a new one whose id is answered. */
@Injectable()
export class ResendVerificationHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(VerificationFlow.name) private readonly flows: Model<VerificationFlow>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    private readonly succession: SucceedFlowHandler,
    private readonly book: ContactBook,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  execute(flowId: string) {
    return this.mongo.transaction(async (session) => {
      const at = this.clock.now();
      const named = await this.flows.findById(flowId).session(session);
      if (!named) throw notFound();
      const flow = await this.succession.newest(named, session);
      if (flow.state === 'verified') throw contactAlreadyVerified();
      const cooperative = await this.cooperatives.findById(flow.cooperativeId).session(session);
      const person = await this.people.findById(flow.personId).session(session);
      const contact = person?.contacts.find(({ _id }) => _id === flow.contactId);
      if (!cooperative || !person || !contact || flow.state === 'replaced') throw notFound();
      if (!cooperative.takesContacts()) throw wrongState({ registration: cooperative.registration });
      refuseWithin(waitForSend(contact.sends, at));
      refuseWithin(await this.book.wait(contact.addressHash, at, session));
      let current: VerificationFlow = flow;
      if (flow.isLive(at)) {
        if (flow.sendNumber >= SENDS_PER_FLOW)
          refuseWithin(Math.ceil((flow.expiresAt.getTime() - at.getTime()) / 1_000));
        flow.sendNumber += 1;
        flow.expiresAt = expiryOf(flow.channel, at);
        contact.sends.push(at);
        await this.outbox.add(cooperative, flow.requested(at), session);
      } else {
        current = await this.book.reopen(cooperative, person, contact, at, session);
        if (flow.state === 'open') flow.state = 'expired';
        flow.nextFlowId = current._id;
      }
      for (const document of [flow, person, cooperative]) await document.save({ session });
      return publicFlow(current);
    });
  }
}

function refuseWithin(seconds: number): void {
  if (seconds > 0) throw rateLimited({ headers: { 'Retry-After': String(seconds) } });
}
