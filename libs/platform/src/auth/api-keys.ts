/** Who asks with an API key: a partner's programme, no person. */
export interface PartnerIdentity {
  partnerId: string;
  keyId: string;
  scopes: readonly string[];
}

/** Knows the API keys; a service that has routes for partners provides one under `API_KEYS`. */
export interface ApiKeyReader {
  /** Whose a key is, or null where it does not hold. */
  read(key: string): Promise<PartnerIdentity | null>;
}

export const API_KEYS = Symbol('API_KEYS');
