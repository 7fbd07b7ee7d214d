import { notFound } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Claim } from '../claims/claim.schema';

/** Where a claim stands, for whoever was told its id: the claimant. It names nobody. */
@Injectable()
export class ShowClaimHandler {
  constructor(@InjectModel(Claim.name) private readonly claims: Model<Claim>) {}

  async execute(cooperativeId: string, claimId: string) {
    const found = await this.claims.findOne({ _id: claimId, cooperativeId }).lean<Claim>();
    if (!found) throw notFound();
    return {
      id: claimId,
      cooperativeId,
      state: found.state,
      createdAt: found.createdAt.toISOString(),
      decidedAt: found.decidedAt?.toISOString() ?? null,
    };
  }
}
