import { IsInt, Matches, Max, Min } from 'class-validator';

/** What counts as an address of these protocols, on a developer's machine too. */
export const url = (...protocols: string[]) => ({ protocols, require_tld: false, require_protocol: true });
/** The sentence that a refused start prints, and the variable that it is about. */
export const say = (message: string, context: string) => ({ message, context: { variable: context } });

/** A whole number between two bounds. */
export function whole(
  message: string,
  variable: string,
  min: number,
  max = Number.MAX_SAFE_INTEGER,
): PropertyDecorator {
  return (target, property) => {
    for (const rule of [
      IsInt(say(message, variable)),
      Min(min, say(message, variable)),
      Max(max, say(message, variable)),
    ]) {
      rule(target, property);
    }
  };
}

/** A private key that signs what others check by its public half. */
export function IsSigningKey(): PropertyDecorator {
  return Matches(
    /^\s*\{(?=.*"crv"\s*:\s*"Ed25519")(?=.*"x"\s*:\s*")(?=.*"d"\s*:\s*").*\}\s*$/s,
    say('must be a private Ed25519 key as JSON Web Key', 'AUTH_PRIVATE_JWK'),
  );
}
