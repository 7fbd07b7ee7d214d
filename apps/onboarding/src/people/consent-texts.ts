import { createHash } from 'node:crypto';
import { CONSENT_TEXTS, type ConsentWording } from './consent-texts.templates';
import type { Language } from './person.schema';

/** The words of a version in a language, and what proves that they were these. */
export interface ConsentText extends ConsentWording {
  /** SHA-256 of the wording in UTF-8, in hex. */
  digest: string;
}

/** Every text that was ever shown: versions are added, never changed, or the proof of what was agreed to is lost. */
export const CONSENT_WORDINGS: readonly ConsentText[] = CONSENT_TEXTS.map((text) => ({
  ...text,
  digest: createHash('sha256').update(text.wording).digest('hex'),
}));

const of = (version: string) => CONSENT_WORDINGS.filter((text) => text.version === version);

/** Whether it is a version of ours. */
export function isConsentVersion(version: unknown): boolean {
  return typeof version === 'string' && of(version).length > 0;
}

/** Whether a digest is that of a wording of this version; where the version is none of ours nobody can say no. */
export function isDigestOf(version: string, digest: string): boolean {
  const texts = of(version);
  return texts.length === 0 || texts.some((text) => text.digest === digest);
}

/** The text that somebody agreed to: by its digest, else by version and language. */
export function consentText(version: string, language: Language, digest?: string): ConsentText | undefined {
  const texts = of(version);
  return texts.find((text) => text.digest === digest) ?? texts.find((text) => text.language === language);
}
