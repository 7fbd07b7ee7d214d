import { Derivation, forbidden, Tokens, unauthenticated } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Cooperative, type CooperativeDocument } from './cooperative.schema';

/** The purpose under which status tokens are derived; the send number is the cooperative's generation of tokens. */
export const STATUS = 'status';

/** Finds the cooperative that an applicant's status token opens, or the access token of whoever has signed in for it. */
@Injectable()
export class StatusToken {
  constructor(
    private readonly derivation: Derivation,
    private readonly tokens: Tokens,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
  ) {}

  /** The cooperative, or 401 without a token that holds and 403 with that of another cooperative. */
  async open(id: string, authorization: string | undefined, session?: ClientSession): Promise<CooperativeDocument> {
    const token = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
    if (token && token.split('.').length === 3) return this.openSignedIn(id, token, session);
    const subject = token ? this.derivation.readToken(STATUS, token) : null;
    if (!subject) throw unauthenticated();
    if (subject.subjectId !== id) throw forbidden();
    const cooperative = await this.cooperatives.findById(id).session(session ?? null);
    if (cooperative?.tokenGeneration !== subject.sendNumber) throw unauthenticated();
    return cooperative;
  }

  /** The id of the cooperative that a token speaks for, where the path names none; `open` says whether it holds. */
  async whose(authorization: string | undefined): Promise<string> {
    const token = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
    if (!token) throw unauthenticated();
    if (token.split('.').length !== 3) {
      const subject = this.derivation.readToken(STATUS, token);
      if (!subject) throw unauthenticated();
      return subject.subjectId;
    }
    const caller = await this.tokens.readUser(token);
    if (!caller) throw unauthenticated();
    if (!caller.has('applicant') || !caller.cooperativeId) throw forbidden();
    return caller.cooperativeId;
  }

  /** Who has signed in speaks for one cooperative, whatever else the token says. */
  private async openSignedIn(id: string, token: string, session?: ClientSession): Promise<CooperativeDocument> {
    const caller = await this.tokens.readUser(token);
    if (!caller) throw unauthenticated();
    const isTheirs = caller.has('applicant') && caller.cooperativeId === id;
    const cooperative = isTheirs && (await this.cooperatives.findById(id).session(session ?? null));
    if (!cooperative) throw forbidden();
    return cooperative;
  }

  /** The token of the present generation. */
  of({ _id, tokenGeneration }: Pick<Cooperative, '_id' | 'tokenGeneration'>): string {
    return this.derivation.token(STATUS, _id, tokenGeneration);
  }
}
