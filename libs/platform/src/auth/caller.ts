/** Roles of people; `interface.md`, manners. */
export const USER_ROLES = [
  'applicant',
  'assistant',
  'officer',
  'verifier',
  'editor',
  'programme_lead',
  'ministry',
  'operations',
  'privacy_officer',
] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** Who asks, as their token says. */
export class Caller {
  readonly roles: readonly string[];
  readonly territory: string;

  constructor(
    readonly subject: string,
    roles: readonly string[],
    territory = '',
    /** The one cooperative of an applicant. */
    readonly cooperativeId?: string,
    /** The session that the token belongs to; a token of an issuer or a command has none. */
    readonly sessionId?: string,
  ) {
    const ministry = roles.includes('ministry');
    this.roles = ministry ? [...new Set([...roles, 'officer', 'verifier'])] : roles;
    this.territory = ministry ? 'ID' : territory;
  }

  /** Whether the caller has one of the roles; `ministry` is officer and verifier too. */
  has(...roles: UserRole[]): boolean {
    return roles.some((role) => this.roles.includes(role));
  }

  /** Whether a region lies in the caller's territory: `12` covers `12.71.05`, not `121`; `ID` covers all. */
  covers(regionCode: string): boolean {
    if (this.territory === 'ID') return true;
    if (!this.territory) return false;
    return regionCode === this.territory || regionCode.startsWith(`${this.territory}.`);
  }
}
