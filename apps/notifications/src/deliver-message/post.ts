import { Derivation } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { Campaigns } from '../campaign/campaigns';
import { asideFromLeaving, whenRequestLeaves } from '../limit/leaving';
import type { Permit } from '../limit/permit';
import { Leases } from '../message/leases';
import { canonicalAddress, maskAddress } from '../message/mask';
import type { Message } from '../message/message.schema';
import { Lines } from '../provider/lines';
import { EmailChannel } from './email.channel';
import { Letters } from './letters';
import { type Letter, NotNow, NotWanted, type Outcome, type Pause, type WrittenLetter } from './outcome';
import { WhatsAppChannel } from './whatsapp.channel';

/** Going on wakes those that wait; this is for what that missed. */
const PAUSED_MS = 60_000;

/**
 * Gives a letter to its channel: asks for the last time whether it is wanted and may leave, writes `sending`, waits for the moment of its
 * permit, and lets the first byte leave. Throws only where none has left.
 */
@Injectable()
export class Post {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly lines: Lines,
    private readonly letters: Letters,
    private readonly leases: Leases,
    private readonly derivation: Derivation,
    private readonly email: EmailChannel,
    private readonly whatsapp: WhatsAppChannel,
  ) {}

  /** What people or a provider have ordered of messages like this one: its end, as a code, or for how long it waits. */
  async ordered(message: Message): Promise<string | Pause | null> {
    const campaign = await this.campaigns.stateOf(message);
    if (campaign === 'cancelled') return 'campaign_cancelled';
    if (campaign === 'paused') return { afterMs: PAUSED_MS, code: 'campaign_paused' };
    return this.lines.stopOf(message);
  }

  async send(letter: WrittenLetter, permit: Permit): Promise<Outcome> {
    const { message, address } = letter;
    const traces = { maskedAddress: maskAddress(address), addressHash: this.hashOf(letter) };
    const beforeBytes = async () => {
      const [refusal, ordered] = await Promise.all([this.letters.lastLook(letter), this.ordered(message)]);
      if (refusal) throw new NotWanted(refusal);
      if (typeof ordered === 'string') throw new NotWanted(ordered);
      if (ordered) throw new NotNow(ordered);
      await this.leases.sending(message, traces, permit.remaining);
      await permit.moment();
    };
    try {
      const outcome = await (message.channel === 'email'
        ? this.email.send(letter, () => beforeBytes().then(() => permit.left()))
        : whenRequestLeaves(
            () => permit.left(),
            () => this.whatsapp.send(letter, () => asideFromLeaving(beforeBytes)),
          ));
      if (outcome.kind === 'refused') permit.refused();
      else if (outcome.kind === 'accepted' || outcome.kind === 'unknown') permit.answered();
      return outcome;
    } finally {
      permit.back();
    }
  }

  hashOf({ address }: Letter): string {
    return this.derivation.hash('address', canonicalAddress(address));
  }
}
