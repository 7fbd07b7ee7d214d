/** What everybody is shown of a proof. */
export const PROOF_STANDINGS = ['proven', 'unproven', 'expired'] as const;
export type ProofStanding = (typeof PROOF_STANDINGS)[number];

export const OFFER_STANDINGS = ['upcoming', 'open', 'over'] as const;
export type OfferStanding = (typeof OFFER_STANDINGS)[number];

/** Nothing is stored of this: a proof holds through its last day. */
export function standingOf({ provenUntil }: { provenUntil?: string | null }, today: string): ProofStanding {
  if (!provenUntil) return 'unproven';
  return provenUntil >= today ? 'proven' : 'expired';
}

/** An offer is open from its first day through its last. */
export function offerOn({ startsOn, endsOn }: { startsOn: string; endsOn: string }, today: string): OfferStanding {
  if (today < startsOn) return 'upcoming';
  return today <= endsOn ? 'open' : 'over';
}
