import { Outbox } from '@idxcoop/messaging';
import { Clock, Job, type JobHandler, Mongo, type Wakeup } from '@idxcoop/platform';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { statusLink } from '../claims/hand-over';
import { Cooperative } from '../cooperative/cooperative.schema';
import { IN_USE, Person } from '../people/person.schema';
import { waitForSend } from '../people/verification-flow.schema';
import { STATUS_LINK_QUEUE, StatusLinkRequest, statusLinkWakeup } from './status-link-request.schema';

/** Sends the links that were asked for to verified contacts; the request goes in the same transaction. */
@Job({ queue: STATUS_LINK_QUEUE })
export class SendStatusLinkJob implements JobHandler<{ requestId: string }> {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(StatusLinkRequest.name) private readonly requests: Model<StatusLinkRequest>,
    @InjectModel(Person.name) private readonly people: Model<Person>,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  process({ requestId }: { requestId: string }): Promise<void> {
    return this.mongo.transaction(async (session) => {
      const request = await this.requests.findOneAndDelete({ _id: requestId }, { session }).lean<StatusLinkRequest>();
      if (request) await this.send(request.addressHashes, session);
    });
  }

  async due(_now: Date, limit: number): Promise<Wakeup<{ requestId: string }>[]> {
    const waiting = await this.requests.find({}, { _id: 1 }).limit(limit).lean<StatusLinkRequest[]>();
    return waiting.map(statusLinkWakeup);
  }

  private async send(hashes: string[], session: ClientSession): Promise<void> {
    const at = this.clock.now();
    const theirs = { ...IN_USE, 'contacts.addressHash': { $in: hashes }, claimId: null };
    const people = await this.people.find(theirs).session(session);
    for (const person of people) {
      const contact = person.contacts.find(({ addressHash, verifiedAt }) => verifiedAt && hashes.includes(addressHash));
      const cooperative = contact && (await this.cooperatives.findById(person.cooperativeId).session(session));
      if (!contact || !cooperative || waitForSend(contact.sends, at) > 0) continue;
      await this.outbox.add(cooperative, statusLink(person, contact, at), session);
      await person.save({ session });
      await cooperative.save({ session });
    }
  }
}
