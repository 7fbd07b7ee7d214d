import { Derivation } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { whenRequestLeaves } from '../limit/leaving';
import type { Permit } from '../limit/permit';
import { Leases } from '../message/leases';
import { canonicalAddress, maskAddress } from '../message/mask';
import { EmailChannel } from './email.channel';
import { Letters } from './letters';
import { type Letter, NotWanted, type Outcome, type WrittenLetter } from './outcome';
import { WhatsAppChannel } from './whatsapp.channel';

/**
 * Gives a letter to its channel: asks for the last time whether it is wanted, writes `sending`, waits for the moment of its permit, and lets the first byte leave. Throws only
 * where none has left.
 */
@Injectable()
export class Post {
  constructor(
    private readonly letters: Letters,
    private readonly leases: Leases,
    private readonly derivation: Derivation,
    private readonly email: EmailChannel,
    private readonly whatsapp: WhatsAppChannel,
  ) {}

  async send(letter: WrittenLetter, permit: Permit): Promise<Outcome> {
    const { message, address } = letter;
    const traces = { maskedAddress: maskAddress(address), addressHash: this.hashOf(letter) };
    const beforeBytes = async () => {
      const refusal = await this.letters.lastLook(letter);
      if (refusal) throw new NotWanted(refusal);
      await this.leases.sending(message, traces, permit.remaining);
      await permit.moment();
    };
    try {
      const outcome = await (message.channel === 'email'
        ? this.email.send(letter, () => beforeBytes().then(() => permit.left()))
        : whenRequestLeaves(
            () => permit.left(),
            () => this.whatsapp.send(letter, beforeBytes),
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
