import { Derivation, Mongo, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Message } from '../message/message.schema';
import { refusalOf } from '../suppression/scopes';
import { Suppressions } from '../suppression/suppressions';

/** What a person chose about their messages, by the token of a link that only they were sent. */
@Injectable()
export class PreferencesHandler {
  constructor(
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly suppressions: Suppressions,
    private readonly derivation: Derivation,
    private readonly mongo: Mongo,
  ) {}

  async read(token: string): Promise<{ announcements: boolean }> {
    const scopes = await this.suppressions.scopesOf([this.contactOf(token)]);
    return { announcements: refusalOf(scopes, 'announcement') === null };
  }

  async execute(token: string, announcements: boolean): Promise<{ announcements: boolean }> {
    const contactId = this.contactOf(token);
    // Their addresses as hashes too: the choice outlives the record of the person.
    const hashes: string[] = await this.messages.distinct('addressHash', { recipientId: contactId });
    const subjects = [contactId, ...hashes.filter(Boolean)];
    await this.mongo.transaction(async (session) => {
      if (announcements) await this.suppressions.lift(subjects, 'announcements', 'unsubscribed', session);
      else await this.suppressions.add(subjects, 'announcements', 'unsubscribed', session);
    });
    return { announcements };
  }

  private contactOf(token: string): string {
    const subject = this.derivation.readToken('preferences', token);
    if (!subject) throw notFound();
    return subject.subjectId;
  }
}
