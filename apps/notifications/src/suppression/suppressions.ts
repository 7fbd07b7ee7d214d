import { Clock, Derivation, newId } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { canonicalAddress } from '../message/mask';
import type { Category } from '../message/message.schema';
import { Suppression, type SuppressionScope } from './suppression.schema';

/** Who is not written to, and why. */
@Injectable()
export class Suppressions {
  constructor(
    @InjectModel(Suppression.name) private readonly suppressions: Model<Suppression>,
    private readonly derivation: Derivation,
    private readonly clock: Clock,
  ) {}

  /** Why a contact must not get this kind of message, as a code; null where they may. */
  async refusal(contactId: string, address: string, category: Category): Promise<string | null> {
    const subjects = [contactId, this.derivation.hash('address', canonicalAddress(address))];
    const found = await this.suppressions.find({ subject: { $in: subjects } }).lean();
    if (found.some(({ scope }) => scope === 'all')) return 'address_suppressed';
    return found.length > 0 && category === 'announcement' ? 'opted_out' : null;
  }

  /** Whether announcements still go to a contact. */
  async wantsAnnouncements(contactId: string): Promise<boolean> {
    return (await this.suppressions.exists({ subject: contactId, scope: 'announcements' })) === null;
  }

  /** The first reason stands. */
  async add(subjects: string[], scope: SuppressionScope, reason: string, session?: ClientSession): Promise<void> {
    for (const subject of subjects) {
      const since = this.clock.now();
      await this.suppressions.updateOne(
        { subject, scope },
        { $setOnInsert: { _id: newId(), reason, since } },
        { upsert: true, ...(session && { session }) },
      );
    }
  }

  async lift(subjects: string[], scope: SuppressionScope, session?: ClientSession): Promise<void> {
    await this.suppressions.deleteMany({ subject: { $in: subjects }, scope }, session ? { session } : {});
  }
}
