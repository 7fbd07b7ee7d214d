import { Derivation } from '@idxcoop/platform';
import type { StartedService } from './start-service';

let count = 0;

/** The body of a sign-up that nobody else makes: its own numbers and addresses. */
export function aSignUp(fields: object = {}, contact: object = {}) {
  count += 1;
  const serial = String(count).padStart(4, '0');
  return {
    name: `Koperasi Simpan Pinjam Maju Bersama ${serial}`,
    form: 'primary',
    type: 'savings_loan',
    principle: 'conventional',
    regionCode: '12.71.05.1003',
    legalEntityNumber: `${count}/BH/II/2009`,
    nikKoperasi: `127101000${serial}`,
    website: 'https://majubersama.example',
    contact: {
      name: 'Siti Rahma',
      position: 'chair',
      email: `siti${serial}@majubersama.example`,
      phone: `0812-3456-${serial}`,
      language: 'id',
      ...contact,
    },
    consent: { version: '2020-10', purposes: ['service', 'announcements'], channels: ['email', 'whatsapp'] },
    ...fields,
  };
}

export interface SignedUp {
  id: string;
  registration: string;
  statusToken: string;
  statusUrl: string;
  verifications: { flowId: string; channel: 'email' | 'whatsapp'; expiresAt: string }[];
}

/** Signs up through the public door. */
export async function signUp(service: StartedService, body: object = aSignUp()): Promise<SignedUp> {
  const { body: answer } = await service.http.post('/v1/cooperatives').send(body).expect(201);
  return answer as SignedUp;
}

/** The flow of a sign-up over a channel. */
export function flowOf({ verifications }: Pick<SignedUp, 'verifications'>, channel: 'email' | 'whatsapp'): string {
  const flow = verifications.find((entry) => entry.channel === channel);
  if (!flow) throw new Error(`No verification over ${channel}`);
  return flow.flowId;
}

/** What the person finds in the message. */
export function codeOf(service: StartedService, flowId: string, sendNumber = 1): string {
  return service.get(Derivation).code('verification', flowId, sendNumber);
}

/** Signs up and proves the phone. */
export async function signUpVerified(service: StartedService, body: object = aSignUp()): Promise<SignedUp> {
  const signedUp = await signUp(service, body);
  const flowId = flowOf(signedUp, 'whatsapp');
  await service.http
    .post(`/v1/verifications/${flowId}`)
    .send({ code: codeOf(service, flowId) })
    .expect(200);
  return signedUp;
}

export interface Fact {
  type: string;
  sequence: number;
  data: Record<string, unknown>;
}

/** The facts in the outbox of a service, in the order of their recording; of one aggregate, or all. */
export async function factsOf(service: StartedService, aggregateId?: string): Promise<Fact[]> {
  const filter = aggregateId ? { partitionKey: aggregateId } : {};
  const rows = await service.mongo.connection.collection('outbox').find(filter).toArray();
  return rows
    .map((row) => ({
      type: row.type as string,
      sequence: row.sequence as number,
      data: (JSON.parse(row.body as string) as Fact).data,
    }))
    .sort((a, b) => a.sequence - b.sequence);
}
