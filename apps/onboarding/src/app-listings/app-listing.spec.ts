import { AppListing, noProofs } from './app-listing.schema';
import { offerOn, standingOf } from './standing';

const AT = new Date('2026-03-02T03:00:00.000Z');
const OFFER = { kind: 'free_period', title: 'Gratis', conditions: 'Satu tahun', startsOn: '2026-03-01' } as const;

function aListing(fields: Partial<AppListing> = {}): AppListing {
  const offers = [{ ...OFFER, endsOn: '2026-03-31', id: 'o', told: false }];
  const plain = { _id: 'l', partnerId: 'p', name: 'A', state: 'proposed', revision: 1, proofs: noProofs(), offers };
  return Object.assign(new AppListing(), plain, { reasons: [], types: [] }, fields);
}

describe(standingOf.name, () => {
  it.each([
    [null, 'unproven'],
    ['2026-03-01', 'expired'],
    ['2026-03-02', 'proven'],
  ])('shows a proof until %s as %s', (provenUntil, standing) =>
    expect(standingOf({ provenUntil }, '2026-03-02')).toBe(standing),
  );
});

describe(offerOn.name, () => {
  it.each([
    ['2026-02-28', 'upcoming'],
    ['2026-03-01', 'open'],
    ['2026-03-31', 'open'],
    ['2026-04-01', 'over'],
  ])('holds an offer on %s for %s', (today, standing) =>
    expect(offerOn({ startsOn: '2026-03-01', endsOn: '2026-03-31' }, today)).toBe(standing),
  );
});

describe(AppListing.name, () => {
  const CLAIM = { kind: 'pse', number: '001234', expiresOn: '2027-01-01' } as const;
  const ACCEPT = { kind: 'pse', accepts: true, until: '2027-01-01' } as const;
  const proofOf = (listing: AppListing) => listing.proofs.find(({ kind }) => kind === 'pse');

  it.each([
    ['proposed', 'approve', 'published'],
    ['published', 'approve', 'published'],
    ['rejected', 'approve', null],
    ['withdrawn', 'approve', null],
    ['proposed', 'reject', 'rejected'],
    ['published', 'reject', null],
    ['rejected', 'reject', null],
    ['proposed', 'withdraw', 'withdrawn'],
    ['published', 'withdraw', 'withdrawn'],
    ['rejected', 'withdraw', 'withdrawn'],
    ['withdrawn', 'withdraw', null],
    ['published', 'edit', 'proposed'],
    ['rejected', 'edit', 'proposed'],
    ['withdrawn', 'edit', 'proposed'],
  ] as const)('which is %s: %s leads to %s', (state, step, next) => {
    const listing = aListing({ state });
    const steps = {
      approve: () => listing.approve([], AT),
      reject: () => listing.reject([], [{ code: 'misleading' }]),
      withdraw: () => listing.withdraw('ended', AT),
      edit: () => listing.edit({ name: 'B' }, AT),
    };
    if (next === null) expect(steps[step]).toThrow();
    else {
      steps[step]();
      expect([listing.state, listing.revision]).toEqual([next, 2]);
    }
  });

  it('lets a renewed proof wait beside the one that holds', () => {
    const listing = aListing();
    listing.edit({ proofs: [CLAIM] }, AT);
    listing.approve([ACCEPT], AT);
    expect(listing.edit({ proofs: [{ ...CLAIM, number: '005678' }] }, AT)).toBeNull();
    expect([listing.state, proofOf(listing)]).toMatchObject([
      'published',
      { claim: 'submitted', number: '005678', provenNumber: '001234', provenUntil: '2027-01-01' },
    ]);
    listing.approve([{ kind: 'pse', accepts: false }], AT);
    expect(proofOf(listing)).toMatchObject({ claim: 'rejected', provenNumber: '001234' });
  });

  it('takes an accepted proof back that was found wrong', () => {
    const listing = aListing();
    listing.edit({ proofs: [CLAIM] }, AT);
    listing.approve([ACCEPT], AT);
    listing.approve([{ kind: 'pse', accepts: false }], AT);
    expect(proofOf(listing)).toMatchObject({ claim: 'rejected', provenNumber: null, provenUntil: null });
  });

  it('decides no proof that nobody claimed', () => expect(() => aListing().approve([ACCEPT], AT)).toThrow());

  it('keeps the id of an offer that stays, and gives a changed one another', () => {
    const listing = aListing();
    listing.edit(
      {
        offers: [
          { ...OFFER, endsOn: '2026-03-31' },
          { ...OFFER, endsOn: '2026-12-31' },
        ],
      },
      AT,
    );
    expect(listing.offers.map(({ id }) => id === 'o')).toEqual([true, false]);
  });

  it('tells once what has ended by itself', () => {
    const proofs = noProofs().map((proof) => ({ ...proof, provenUntil: proof.kind === 'pse' ? '2026-03-31' : null }));
    const listing = aListing({ state: 'published', proofs });
    expect(listing.expire('2026-03-31', AT)).toEqual([]);
    expect(listing.expire('2026-04-01', AT)).toMatchObject([{ proof: 'pse' }, { offerId: 'o' }]);
    expect(listing.expire('2026-04-01', AT)).toEqual([]);
  });
});
