import { COOPERATIVE_TYPES, LISTING_PROOFS } from '@idxcoop/contracts';
import { count, id, instant, list, members, oneOf, orNull, text } from '../answer-shapes';
import type { Acceptance } from './acceptance.schema';
import { type AppListing, CLAIM_STATES, LISTING_STATES, OFFER_KINDS } from './app-listing.schema';
import { OFFER_STANDINGS, offerOn, PROOF_STANDINGS, standingOf } from './standing';

/** A listing as everybody sees it. A number that nobody has accepted is not shown. */
export function viewListing(listing: AppListing, partnerName: string, today: string) {
  const { _id, partnerId, name, summary, website, types, proofs, offers, publishedAt } = listing;
  return {
    id: _id,
    partner: { id: partnerId, name: partnerName },
    name,
    summary,
    website,
    types: [...types],
    proofs: proofs.map((proof) => ({
      kind: proof.kind,
      state: standingOf(proof, today),
      number: proof.provenNumber ?? null,
      expiresOn: proof.provenUntil ?? null,
    })),
    offers: offers.map((offer) => ({
      id: offer.id,
      kind: offer.kind,
      title: offer.title,
      conditions: offer.conditions,
      startsOn: offer.startsOn,
      endsOn: offer.endsOn,
      state: offerOn(offer, today),
    })),
    publishedAt: publishedAt?.toISOString() ?? null,
  };
}

/** A listing as its partner and its reviewer see it: with what is claimed, and why it was not approved. */
export function viewOwnListing(listing: AppListing, partnerName: string, today: string) {
  const { state, revision, proposedAt, reasons, proofs } = listing;
  return {
    ...viewListing(listing, partnerName, today),
    state,
    revision,
    proposedAt: proposedAt.toISOString(),
    reasons: reasons.map(({ code, note }) => ({ code, note: note ?? null })),
    claims: proofs.map(({ kind, claim, number, expiresOn }) => ({
      kind,
      state: claim,
      number: number ?? null,
      expiresOn: expiresOn ?? null,
    })),
  };
}

export function viewAcceptance({ _id, listingId, offerId, cooperativeId, acceptedAt, confirmedAt }: Acceptance) {
  return {
    id: _id,
    listingId,
    offerId,
    cooperativeId,
    acceptedAt: acceptedAt.toISOString(),
    confirmedAt: confirmedAt?.toISOString() ?? null,
  };
}

const publicListing = {
  id,
  partner: members({ id, name: text }),
  name: text,
  summary: text,
  website: text,
  types: list(oneOf(COOPERATIVE_TYPES)),
  proofs: list(
    members({
      kind: oneOf(LISTING_PROOFS),
      state: oneOf(PROOF_STANDINGS),
      number: orNull(text),
      expiresOn: orNull(text),
    }),
  ),
  offers: list(
    members({
      id,
      kind: oneOf(OFFER_KINDS),
      title: text,
      conditions: text,
      startsOn: text,
      endsOn: text,
      state: oneOf(OFFER_STANDINGS),
    }),
  ),
  publishedAt: orNull(instant),
};
const ownListing = members({
  ...publicListing,
  state: oneOf(LISTING_STATES),
  revision: count,
  proposedAt: instant,
  reasons: list(members({ code: text, note: orNull(text) })),
  claims: list(
    members({
      kind: oneOf(LISTING_PROOFS),
      state: oneOf(CLAIM_STATES),
      number: orNull(text),
      expiresOn: orNull(text),
    }),
  ),
});
const acceptance = {
  id,
  listingId: id,
  offerId: id,
  cooperativeId: id,
  acceptedAt: instant,
  confirmedAt: orNull(instant),
};
const cooperative = members({ id, name: text, form: text, type: text, regionCode: text, registration: text });

/** What the doors of listings answer. */
export const LISTING_ANSWERS = {
  listing: members(publicListing),
  listings: members({ items: list(members(publicListing)), nextCursor: orNull(text) }),
  own: ownListing,
  owns: members({ items: list(ownListing), nextCursor: orNull(text) }),
  acceptance: members(acceptance),
  acceptances: members({
    items: list(members({ ...acceptance, cooperative: orNull(cooperative) })),
    nextCursor: orNull(text),
  }),
};
