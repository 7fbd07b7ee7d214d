import {
  AppListingProofExpiredV1,
  AppListingPublishedV1,
  AppListingWithdrawnV1,
  type CooperativeType,
  event,
  LISTING_PROOFS,
  type ListingProof,
  OfferEndedV1,
} from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import { wrongState } from '../problems.templates';
import { offerOn, standingOf } from './standing';

export const LISTING_STATES = ['proposed', 'published', 'rejected', 'withdrawn'] as const;
export type ListingState = (typeof LISTING_STATES)[number];
export const OFFER_KINDS = ['free_period', 'discount', 'training', 'other'] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];
export const CLAIM_STATES = ['none', 'submitted', 'accepted', 'rejected'] as const;

/** A trust check: what the partner claims, and beside it what was accepted last, which holds until its last day. */
export interface Proof {
  kind: ListingProof;
  claim: (typeof CLAIM_STATES)[number];
  number?: string | null;
  expiresOn?: string | null;
  provenNumber?: string | null;
  provenUntil?: string | null;
  /** That it ran out was told. */
  told: boolean;
}

/** What a partner gives; it never changes once it stands, so that who accepted it accepted this. */
export interface Offer {
  id: string;
  kind: OfferKind;
  title: string;
  conditions: string;
  startsOn: string;
  endsOn: string;
  told: boolean;
}

export interface ListingContent {
  name?: string;
  summary?: string;
  website?: string;
  types?: CooperativeType[];
  proofs?: { kind: ListingProof; number: string; expiresOn?: string }[];
  offers?: Omit<Offer, 'id' | 'told'>[];
}

/** How a claim was decided; an accepted one with the last day on which it holds. */
export type ProofDecision = { kind: ListingProof } & ({ accepts: true; until: string } | { accepts: false });

const SUB = { _id: false } as const;
const PROOF = { ...SUB, kind: String, claim: String, number: String, expiresOn: String };
const OFFER = { ...SUB, id: String, kind: { type: String }, title: String, conditions: String };

/** An application for cooperatives that a partner offers, as everybody sees it once it was reviewed. */
@Schema({ collection: 'app_listings', versionKey: false })
export class AppListing {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  @Prop({ type: Number, default: 0 }) sequence!: number;
  /** Counts the changes: the ETag. */
  @Prop({ type: Number, default: 1 }) revision!: number;
  @Prop({ type: String, required: true }) partnerId!: string;
  @Prop({ type: String, enum: LISTING_STATES, required: true }) state!: ListingState;
  @Prop({ type: String, required: true }) name!: string;
  @Prop({ type: String, required: true }) summary!: string;
  @Prop({ type: String, required: true }) website!: string;
  /** The types of cooperative that it is made for; none: all. */
  @Prop({ type: [String] }) types!: CooperativeType[];
  @Prop({ type: [{ ...PROOF, provenNumber: String, provenUntil: String, told: Boolean }] }) proofs!: Proof[];
  @Prop({ type: [{ ...OFFER, startsOn: String, endsOn: String, told: Boolean }] }) offers!: Offer[];
  @Prop({ type: [{ ...SUB, code: String, note: String }] }) reasons!: { code: string; note?: string }[];
  @Prop({ type: Date, required: true }) proposedAt!: Date;
  @Prop({ type: Date }) publishedAt?: Date;

  /** Takes what changed. Another text or offer is reviewed before it is seen; a renewed proof waits beside the one that holds. */
  edit({ proofs = [], offers, ...texts }: ListingContent, at: Date): AppListingWithdrawnV1 | null {
    const wasPublished = this.state === 'published';
    for (const claim of proofs) this.claim(claim);
    if (offers) this.offers = offers.map((offer) => this.standing(offer) ?? { ...offer, id: newId(), told: false });
    Object.assign(this, texts);
    this.revision += 1;
    const onlyProofs = !offers && Object.keys(texts).length === 0;
    if (wasPublished && onlyProofs) return null;
    this.state = 'proposed';
    this.proposedAt = at;
    this.reasons = [];
    return wasPublished ? this.hidden('edited', at) : null;
  }

  /** Decides claims, and where it is proposed the listing; a listing that is seen already may have a renewed proof only. */
  approve(decisions: readonly ProofDecision[], at: Date): AppListingPublishedV1 | null {
    this.mustBe('proposed', 'published');
    this.decide(decisions);
    this.revision += 1;
    if (this.state === 'published') return null;
    this.state = 'published';
    this.publishedAt = at;
    this.reasons = [];
    return event(AppListingPublishedV1, this.fact(at));
  }

  reject(decisions: readonly ProofDecision[], reasons: { code: string; note?: string }[]): void {
    this.mustBe('proposed');
    this.decide(decisions);
    this.revision += 1;
    this.state = 'rejected';
    this.reasons = reasons;
  }

  withdraw(reason: string, at: Date): AppListingWithdrawnV1 | null {
    this.mustBe('proposed', 'published', 'rejected');
    const wasPublished = this.state === 'published';
    this.state = 'withdrawn';
    this.revision += 1;
    return wasPublished ? this.hidden(reason, at) : null;
  }

  /** What has ended by itself and was not told yet; from here on it is. */
  expire(today: string, at: Date): (AppListingProofExpiredV1 | OfferEndedV1)[] {
    const run = this.proofs.filter((proof) => !proof.told && standingOf(proof, today) === 'expired');
    const over = this.offers.filter((offer) => !offer.told && offerOn(offer, today) === 'over');
    for (const ended of [...run, ...over]) ended.told = true;
    return [
      ...run.map(({ kind: proof }) => event(AppListingProofExpiredV1, { ...this.fact(at), proof })),
      ...over.map(({ id: offerId }) => event(OfferEndedV1, { ...this.fact(at), offerId })),
    ];
  }

  private claim({ kind, number, expiresOn = undefined }: { kind: ListingProof; number: string; expiresOn?: string }) {
    const proof = this.proofs.find((known) => known.kind === kind);
    if (!proof || (proof.number === number && (proof.expiresOn ?? undefined) === expiresOn)) return;
    Object.assign(proof, { claim: 'submitted', number, expiresOn: expiresOn ?? null });
  }

  private standing(offer: Omit<Offer, 'id' | 'told'>): Offer | undefined {
    const fields = ['kind', 'title', 'conditions', 'startsOn', 'endsOn'] as const;
    return this.offers.find((known) => fields.every((field) => known[field] === offer[field]));
  }

  private decide(decisions: readonly ProofDecision[]): void {
    for (const decision of decisions) {
      const proof = this.proofs.find(({ kind }) => kind === decision.kind);
      if (!proof?.number) throw wrongState({ detail: `${decision.kind}: none` });
      if (decision.accepts) {
        const proven = { provenNumber: proof.number, provenUntil: decision.until, told: false };
        Object.assign(proof, { claim: 'accepted', ...proven });
      } else {
        proof.claim = 'rejected';
        // What was accepted and is now found wrong holds no more; a wrong renewal leaves the old one as it is.
        if (proof.provenNumber === proof.number) Object.assign(proof, { provenNumber: null, provenUntil: null });
      }
    }
  }

  private mustBe(...states: ListingState[]): void {
    if (!states.includes(this.state)) throw wrongState({ detail: this.state, state: this.state });
  }

  private hidden(reasonCode: string, at: Date): AppListingWithdrawnV1 {
    return event(AppListingWithdrawnV1, { ...this.fact(at), reasonCode });
  }

  private fact(at: Date) {
    const when = { effectiveOn: at.toISOString(), knownAt: at.toISOString() };
    return { listingId: this._id, partnerId: this.partnerId, ...when };
  }
}

/** Every trust check, before anything was claimed. */
export function noProofs(): Proof[] {
  return LISTING_PROOFS.map((kind) => ({ kind, claim: 'none', provenUntil: null, told: false }));
}

export type AppListingDocument = HydratedDocument<AppListing>;
export const AppListingSchema = SchemaFactory.createForClass(AppListing);
AppListingSchema.loadClass(AppListing);
AppListingSchema.index({ partnerId: 1 });
AppListingSchema.index({ state: 1 });
