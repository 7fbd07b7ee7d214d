import { Derivation } from '@idxcoop/platform';
import type { StartedService } from './start-service';

/** What is answered to somebody who was let in. */
export interface SignedIn {
  state: 'signed_in';
  accessToken: string;
  refreshToken: string;
  sessionId: string;
  expiresIn: number;
  subject: { kind: string; id: string; roles: string[] };
}

/** What the person finds in the message of a sign-in. */
export function signInCodeOf(service: StartedService, flowId: string, sendNumber = 1): string {
  return service.get(Derivation).code('sign-in', flowId, sendNumber);
}

/** Signs in with an address, without waiting for the message. */
export async function signIn(
  service: StartedService,
  address: { phone: string } | { email: string },
  choice?: string,
): Promise<SignedIn> {
  const { body: flow } = await service.http.post('/v1/sign-ins').send(address).expect(202);
  const code = signInCodeOf(service, flow.flowId);
  const { body } = await service.http
    .post(`/v1/sign-ins/${flow.flowId}`)
    .send({ code, ...(choice && { choice }) })
    .expect(200);
  return body as SignedIn;
}
