import { EVIDENCE_MOVES, EVIDENCE_STATES, Evidence, type EvidenceState } from './evidence.schema';
import { mediaTypeOf } from './media-type';

const AT = new Date('2026-03-02T03:00:00Z');
const evidence = (state: EvidenceState) =>
  Object.assign(new Evidence(), { _id: 'e', state, requirement: 'completeBoard', reasons: [], uploadedAt: AT });
const DEEDS: Record<string, (subject: Evidence) => object> = {
  accepted: (subject) => subject.accept('o', AT),
  rejected: (subject) => subject.reject([{ code: 'unreadable', note: 'Siti buram' }], 'o', AT),
  expired: (subject) => subject.expire(AT),
};

describe(Evidence.name, () => {
  const pairs = EVIDENCE_STATES.flatMap((from) => Object.keys(DEEDS).map((to) => [from, to as EvidenceState] as const));

  it.each(pairs)('goes from %s to %s only where the table allows it', (from, to) => {
    const subject = evidence(from);
    const move = () => DEEDS[to]?.(subject);
    if (EVIDENCE_MOVES[from].includes(to)) {
      expect(move()).toMatchObject({ evidenceId: 'e', requirement: 'completeBoard' });
      expect(subject).toMatchObject({ state: to, decidedAt: AT });
    } else {
      expect(move).toThrow(expect.objectContaining({ code: 'evidence_decided' }));
      expect(subject.state).toBe(from);
    }
  });

  it('tells the codes of an objection, never its words', () => {
    const fact = DEEDS.rejected?.(evidence('uploaded'));
    expect(fact).toMatchObject({ reasonCodes: ['unreadable'] });
    expect(JSON.stringify(fact)).not.toContain('Siti');
  });
});

describe(mediaTypeOf.name, () => {
  it.each<[string | null, Buffer]>([
    ['application/pdf', Buffer.from('%PDF-1.7\n')],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46])],
    ['image/png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    [null, Buffer.from('<svg xmlns')],
    [null, Buffer.from('PK\x03\x04....')],
    [null, Buffer.from('MZ\x90\x00....')],
    [null, Buffer.from(' %PDF-1.7')],
    [null, Buffer.from('%PD')],
    [null, Buffer.alloc(0)],
  ])('is %s', (type, start) => {
    expect(mediaTypeOf(start)).toBe(type);
  });
});
