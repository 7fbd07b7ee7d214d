import { type CallerIdentity, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative, type CooperativeDocument } from './cooperative.schema';
import { StatusToken } from './status-token';

/** Who asks: with a token of the cooperative's own, or as somebody in office. */
export interface Asking {
  authorization: string | undefined;
  caller: CallerIdentity | undefined;
}

/** A door that a cooperative opens for itself, and the offices of its territory on its behalf. */
@Injectable()
export class SelfOrOffice {
  constructor(
    private readonly status: StatusToken,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
  ) {}

  /** The cooperative, and which of the two it was; to offices of elsewhere it is not there. */
  async open(
    id: string,
    { authorization, caller }: Asking,
    session?: ClientSession,
  ): Promise<{ cooperative: CooperativeDocument; source: 'self' | 'officer' }> {
    if (!caller?.has('assistant', 'officer', 'verifier')) {
      return { cooperative: await this.status.open(id, authorization, session), source: 'self' };
    }
    const cooperative = await this.cooperatives.findById(id).session(session ?? null);
    if (!cooperative || !caller.covers(cooperative.regionCode)) throw notFound();
    return { cooperative, source: 'officer' };
  }
}
