import { Regions } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { villagePart, words } from './core-name';

const MOST_REGENCIES = 64;
const MOST_WORDS = 4;

/** Knows which words of a name are those of a village, which tell one cooperative from another. */
@Injectable()
export class VillageNames {
  private readonly byRegency = new Map<string, ReadonlySet<string>>();
  private everywhere: ReadonlySet<string> | undefined;

  constructor(private readonly regions: Regions) {}

  /** The villages of its regency that a core name names, in order. */
  namedIn(core: string, regency: string): string {
    const programme = villagePart(core);
    if (programme) return programme;
    const names = this.of(regency);
    const tokens = core.split(' ');
    const found: string[] = [];
    for (let at = 0; at < tokens.length; ) {
      let length = Math.min(MOST_WORDS, tokens.length - at);
      while (length > 0 && !names.has(tokens.slice(at, at + length).join(' '))) length -= 1;
      if (length > 0) found.push(tokens.slice(at, at + length).join(' '));
      at += Math.max(1, length);
    }
    return found.join('|');
  }

  /** Whether a text is the name of a village anywhere. */
  isOne(text: string): boolean {
    this.everywhere ??= new Set(this.regions.villageNames().map((name) => words(name).join(' ')));
    return this.everywhere.has(text);
  }

  private of(regency: string): ReadonlySet<string> {
    const known = this.byRegency.get(regency);
    if (known) return known;
    const names = new Set(this.regions.villageNames(regency).map((name) => words(name).join(' ')));
    if (this.byRegency.size >= MOST_REGENCIES) this.byRegency.clear();
    this.byRegency.set(regency, names);
    return names;
  }
}
