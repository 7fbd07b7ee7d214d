import { Derivation } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { Leases } from '../message/leases';
import { canonicalAddress, maskAddress } from '../message/mask';
import { EmailChannel } from './email.channel';
import type { Letter, Outcome } from './outcome';
import { WhatsAppChannel } from './whatsapp.channel';

/** Gives a letter to its channel, and writes `sending` before the first byte leaves. Throws only where none has left. */
@Injectable()
export class Post {
  constructor(
    private readonly leases: Leases,
    private readonly derivation: Derivation,
    private readonly email: EmailChannel,
    private readonly whatsapp: WhatsAppChannel,
  ) {}

  send(letter: Letter): Promise<Outcome> {
    const { message, address } = letter;
    const traces = { maskedAddress: maskAddress(address), addressHash: this.hashOf(letter) };
    const channel = message.channel === 'email' ? this.email : this.whatsapp;
    return channel.send(letter, () => this.leases.sending(message, traces));
  }

  hashOf({ address }: Letter): string {
    return this.derivation.hash('address', canonicalAddress(address));
  }
}
