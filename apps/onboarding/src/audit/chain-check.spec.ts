import { Derivation } from '@idxcoop/platform';
import type { AuditEntry, AuditHead, AuditLink } from './audit.schema';
import { type Anchor, ChainCheck } from './chain-check';
import { BEGINNING, Seals } from './seals';

const seals = new Seals(new Derivation('a key of tests'));

interface Trail {
  links: AuditLink[];
  entries: Map<string, AuditEntry>;
  head: AuditHead | undefined;
}

/** A whole trail of five entries, as the writer makes it. */
function aTrail(length = 5): Trail {
  const links: AuditLink[] = [];
  const entries = new Map<string, AuditEntry>();
  let hash = BEGINNING;
  for (let position = 1; position <= length; position += 1) {
    const open = {
      _id: `entry-${position}`,
      at: new Date(position * 1_000),
      action: 'contact.corrected',
      subjectKind: 'cooperative',
      subjectId: 'c',
      personId: 'p',
      fields: [{ name: 'phone', digest: `d${position}` }],
      by: 'officer',
    };
    const entry = { ...open, seal: seals.entry(open) };
    entries.set(entry._id, entry);
    const place = { position, entryId: entry._id, previous: hash };
    hash = seals.link(place, entry.seal);
    links.push({ _id: `link-${position}`, ...place, hash, at: entry.at });
  }
  const head = { position: length, hash };
  return { links, entries, head: { _id: 'audit', ...head, seal: seals.head(head) } };
}

function verify({ links, entries, head }: Trail, anchor?: Anchor): string[] {
  const check = new ChainCheck(seals, anchor);
  for (const link of links) check.next(link, entries.get(link.entryId));
  check.finish(head);
  return check.findings.map(({ code, position }) => (position === undefined ? code : `${code} ${position}`));
}

const linkOf = ({ links }: Trail, position: number) => links[position - 1] as AuditLink;
const entryOf = ({ entries }: Trail, position: number) => entries.get(`entry-${position}`) as AuditEntry;

describe(ChainCheck.name, () => {
  it('finds nothing wrong with a whole trail, nor with an empty one', () => {
    expect(verify(aTrail())).toEqual([]);
    expect(verify(aTrail(), { position: 3, hash: linkOf(aTrail(), 3).hash })).toEqual([]);
    expect(verify({ links: [], entries: new Map(), head: undefined })).toEqual([]);
  });

  it.each<[string, (trail: Trail) => void, string[]]>([
    ['an entry that was removed', (trail) => trail.entries.delete('entry-3'), ['entry_missing 3']],
    ['an entry and its link', (trail) => trail.links.splice(2, 1), ['link_missing 3']],
    ['the first link', (trail) => trail.links.shift(), ['link_missing 1']],
    ['another actor', (trail) => (entryOf(trail, 2).by = 'somebody'), ['entry_changed 2']],
    ['another time', (trail) => (entryOf(trail, 2).at = new Date(0)), ['entry_changed 2']],
    ['another digest', (trail) => entryOf(trail, 2).fields.splice(0, 1, { name: 'phone' }), ['entry_changed 2']],
    [
      'an entry changed with a seal that was made without the key',
      (trail) =>
        Object.assign(entryOf(trail, 2), {
          by: 'x',
          seal: new Seals(new Derivation('another')).entry(entryOf(trail, 2)),
        }),
      ['entry_changed 2'],
    ],
    [
      'two entries that changed places',
      (trail) => {
        const [a, b] = [linkOf(trail, 2), linkOf(trail, 4)];
        [a.entryId, b.entryId] = [b.entryId, a.entryId];
      },
      ['link_changed 2', 'link_changed 4'],
    ],
    [
      'two links that changed places',
      (trail) => {
        const [a, b] = [linkOf(trail, 2), linkOf(trail, 3)];
        [a.position, b.position] = [b.position, a.position];
        trail.links.sort((left, right) => left.position - right.position);
      },
      ['link_moved 2', 'link_changed 2', 'link_moved 3', 'link_changed 3', 'link_moved 4'],
    ],
    ['a cut-off end', (trail) => trail.links.splice(3), ['end_missing 4']],
    ['everything cut off', (trail) => trail.links.splice(0), ['end_missing 1']],
    [
      'a cut-off end with a head moved back without the key',
      (trail) => {
        trail.links.splice(3);
        Object.assign(trail.head as AuditHead, { position: 3, hash: linkOf(trail, 3).hash });
      },
      ['head_changed 3'],
    ],
    ['a head that was removed', (trail) => (trail.head = undefined), ['head_missing']],
  ])('finds %s', (_, tamper, findings) => {
    const trail = aTrail();
    tamper(trail);
    expect(verify(trail)).toEqual(findings);
  });

  it('finds by an anchor of elsewhere that an older copy was put in place of all', () => {
    const { position, hash } = aTrail().head as AuditHead;
    expect(verify(aTrail(3), { position, hash })).toEqual(['anchor_missing 5']);
    expect(verify(aTrail(), { position: 2, hash: 'f'.repeat(64) })).toEqual(['anchor_missing 2']);
  });
});
