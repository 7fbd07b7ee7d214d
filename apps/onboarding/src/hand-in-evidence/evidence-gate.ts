import { type AccessRequest, notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative, type CooperativeDocument } from '../cooperative/cooperative.schema';
import { StatusToken } from '../cooperative/status-token';

/** Whoever hands in: as facts name them. */
export interface Giver {
  cooperative: CooperativeDocument;
  by: string;
}

/** Who may hand in evidence: the cooperative itself, or an assistant or officer of its territory on its behalf. */
@Injectable()
export class EvidenceGate {
  constructor(
    private readonly status: StatusToken,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
  ) {}

  async open(id: string, { caller, headers }: AccessRequest, session?: ClientSession): Promise<Giver> {
    if (!caller?.has('assistant', 'officer', 'verifier')) {
      return { cooperative: await this.status.open(id, headers.authorization, session), by: 'applicant' };
    }
    const cooperative = await this.cooperatives.findById(id).session(session ?? null);
    if (!cooperative || !caller.covers(cooperative.regionCode)) throw notFound();
    return { cooperative, by: caller.subject };
  }
}
