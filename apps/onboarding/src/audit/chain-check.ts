import type { AuditEntry, AuditHead, AuditLink } from './audit.schema';
import { BEGINNING, type Seals } from './seals';

/** What is wrong with the trail, and where. */
export interface Finding {
  code:
    | 'entry_missing'
    | 'entry_changed'
    | 'link_missing'
    | 'link_changed'
    | 'link_moved'
    | 'end_missing'
    | 'head_missing'
    | 'head_changed'
    | 'anchor_missing'
    | 'entry_unlisted'
    | 'entry_passed_over';
  position?: number;
  entryId?: string;
}

/** An end of the chain as somebody noted it elsewhere. */
export type Anchor = Pick<AuditHead, 'position' | 'hash'>;

/** Holds a chain, link by link in the order of their positions, against what it must be. */
export class ChainCheck {
  readonly findings: Finding[] = [];
  private expected = 1;
  private last: Anchor = { position: 0, hash: BEGINNING };
  private anchorSeen: boolean;

  constructor(
    private readonly seals: Seals,
    private readonly anchor?: Anchor,
  ) {
    this.anchorSeen = !anchor || anchor.position === 0;
  }

  /** The last link that was seen. */
  get end(): Anchor {
    return this.last;
  }

  next(link: AuditLink, entry: AuditEntry | undefined): void {
    const { position, entryId, previous, hash } = link;
    if (position !== this.expected) this.find({ code: 'link_missing', position: this.expected });
    else if (previous !== this.last.hash) this.find({ code: 'link_moved', position });
    if (!entry) this.find({ code: 'entry_missing', position, entryId });
    else {
      const seal = this.seals.entry(entry);
      if (seal !== entry.seal) this.find({ code: 'entry_changed', position, entryId });
      else if (this.seals.link(link, seal) !== hash) this.find({ code: 'link_changed', position, entryId });
    }
    if (this.anchor?.position === position && this.anchor.hash === hash) this.anchorSeen = true;
    this.expected = position + 1;
    this.last = { position, hash };
  }

  /** At the end: the chain must reach as far as its head says, and hold what was noted before. */
  finish(head: AuditHead | undefined): void {
    if (!head && this.last.position > 0) this.find({ code: 'head_missing' });
    else if (head && this.seals.head(head) !== head.seal) this.find({ code: 'head_changed', position: head.position });
    else if (head && head.position > this.last.position) this.find({ code: 'end_missing', position: this.expected });
    else if (head && (head.position < this.last.position || head.hash !== this.last.hash))
      this.find({ code: 'head_changed', position: head.position });
    if (!this.anchorSeen) this.find({ code: 'anchor_missing', position: this.anchor?.position });
  }

  private find(finding: Finding): void {
    this.findings.push(finding);
  }
}
