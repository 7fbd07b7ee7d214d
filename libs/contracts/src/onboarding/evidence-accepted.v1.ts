import { EvidenceFact } from './evidence-fact';

/** An officer accepted a document. */
export class EvidenceAcceptedV1 extends EvidenceFact {
  static readonly event = 'onboarding.evidence.accepted.v1';
}
