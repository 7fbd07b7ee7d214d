import { fieldError, Jobs, newId, refusal } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ContactBook } from '../people/contact-book';
import { addressesOf } from '../people/contact-details';
import { contactMissing } from '../people/contact.templates';
import type { SendStatusLinkDto } from './send-status-link.dto';
import { STATUS_LINK_QUEUE, StatusLinkRequest, statusLinkWakeup } from './status-link-request.schema';

/** Takes a request for a new status link in. Nobody is looked up: neither the answer nor its time tells who is known. */
@Injectable()
export class SendStatusLinkHandler {
  constructor(
    @InjectModel(StatusLinkRequest.name) private readonly requests: Model<StatusLinkRequest>,
    private readonly book: ContactBook,
    private readonly jobs: Jobs,
  ) {}

  async execute(input: SendStatusLinkDto): Promise<void> {
    const addressHashes = addressesOf(input).map(({ address }) => this.book.hash(address));
    if (addressHashes.length === 0) throw refusal([fieldError('', contactMissing.code, contactMissing)]);
    // The machine's time, like that of the index that ends it.
    const request = { _id: newId(), addressHashes, createdAt: new Date() };
    await this.requests.create(request);
    await this.jobs.wake(STATUS_LINK_QUEUE, statusLinkWakeup(request));
  }
}
