import {
  ApplicationSubmittedV1,
  COOPERATIVE_FORMS,
  COOPERATIVE_TYPES,
  type CooperativeForm,
  CooperativeFoundDuplicateV1,
  CooperativeLapsedV1,
  CooperativeRegisteredV1,
  CooperativeRejectedV1,
  type CooperativeType,
  CooperativeVerifiedV1,
  CooperativeWithdrawnV1,
  event,
} from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { HydratedDocument } from 'mongoose';
import { dayOf } from '../day';
import { matchMarks } from '../duplicates/match-marks';
import { wrongState } from '../problems.templates';
import { holdsKeys, isMatched, REGISTRATION_MOVES, REGISTRATIONS, type Registration } from './axes';
import { legalKey, nikKey } from './hard-keys';
import { EntityAxis } from './entity-axis';
import { OrganisationFacts } from './organisation-facts';
import { type Move, STAGE, type Stage, stage } from './stage';

export { type Move, type Stage, stage } from './stage';

export type Origin = 'self' | 'assisted' | 'import';
export type Principle = 'conventional' | 'sharia';
export const PRINCIPLES = ['conventional', 'sharia'] as const;

/** A cooperative: organisation facts only. Whoever speaks for it is in `people`. */
@Schema({ collection: 'cooperatives', versionKey: false })
export class Cooperative extends EntityAxis {
  @Prop({ type: String, required: true }) _id!: string;
  declare readonly id: string;
  /** Its website is to be looked at soon. */
  @Prop({ type: Boolean }) websiteChanged?: boolean;
  /** Counts the events of this cooperative. */
  @Prop({ type: Number, default: 0 }) sequence!: number;
  @Prop({ type: String, required: true }) name!: string;
  @Prop({ type: String, enum: COOPERATIVE_FORMS, required: true }) form!: CooperativeForm;
  @Prop({ type: String, enum: COOPERATIVE_TYPES, required: true }) type!: CooperativeType;
  @Prop({ type: String, enum: PRINCIPLES }) principle?: Principle;
  @Prop({ type: String, required: true }) regionCode!: string;
  @Prop({ type: String }) legalEntityNumber?: string;
  @Prop({ type: String }) nikKoperasi?: string;
  @Prop({ type: String }) website?: string;
  @Prop({ type: String }) foundedOn?: string;
  @Prop({ type: [String], default: undefined }) membershipRegions?: string[];
  /** The hard keys in the form that is compared; absent while the registration does not hold them. */
  @Prop({ type: String }) legalKey?: string;
  @Prop({ type: String }) nikKey?: string;
  /** What possible doubles are found by; absent while the registration is no candidate. */
  @Prop({ type: [String], default: undefined }) matchMarks?: string[];
  /** Set anew whenever it is to be matched against the others; the job takes it away that has done so. */
  @Prop({ type: String }) matchDue?: string;
  /** Of a duplicate: the record that stands for both. */
  @Prop({ type: String }) survivorId?: string;
  @Prop({ type: String, required: true }) origin!: Origin;
  @Prop({ type: String }) importId?: string;
  /** `external_id` of the import that created it, within the territory that uploaded it. */
  @Prop({ type: String }) importKey?: string;
  /** The import said when the programme learnt it: nobody is written to about it. */
  @Prop({ type: Boolean, default: false }) historical!: boolean;
  @Prop({ type: String, enum: REGISTRATIONS, required: true }) registration!: Registration;
  @Prop({ type: [STAGE] }) registrationHistory!: Stage<Registration>[];
  @Prop({ type: String }) declaredReadyOn?: string;
  @Prop({ type: String }) verifiedOn?: string;
  @Prop({ type: Date }) contactVerifiedAt?: Date;
  /** An office vouched for a contact: enough to go on with the registration, and for nothing that is secret. */
  @Prop({ type: Date }) contactVouchedAt?: Date;
  /** Status tokens are derived for a generation; raising it takes the older ones out of force. */
  @Prop({ type: Number, default: 1 }) tokenGeneration!: number;
  @Prop({ type: Date, required: true }) createdAt!: Date;

  /** What every fact about this cooperative carries. */
  fact(at: Date, effectiveOn = at.toISOString(), knownAt = at) {
    return {
      cooperativeId: this._id,
      type: this.type,
      form: this.form,
      regionCode: this.regionCode,
      effectiveOn,
      knownAt: knownAt.toISOString(),
    };
  }

  registered(at: Date): CooperativeRegisteredV1 {
    return event(CooperativeRegisteredV1, {
      ...this.fact(at),
      origin: this.origin === 'assisted' ? 'assisted' : 'self',
    });
  }

  submit(reviewCaseId: string, at: Date): ApplicationSubmittedV1 {
    if (!this.exists()) throw wrongState({ detail: `${this.entity} → submitted`, entity: this.entity });
    this.moveTo('submitted', { at });
    this.seen(at);
    return event(ApplicationSubmittedV1, { ...this.fact(at), reviewCaseId });
  }

  startReview(by: string, at: Date): void {
    this.moveTo('in_review', { at, by });
  }

  approve(reviewCaseId: string, by: string, at: Date): CooperativeVerifiedV1 {
    this.moveTo('verified', { at, by });
    this.verifiedOn = dayOf(at);
    return event(CooperativeVerifiedV1, { ...this.fact(at), reviewCaseId });
  }

  reject(reviewCaseId: string, reasonCodes: string[], by: string, at: Date): CooperativeRejectedV1 {
    this.moveTo('rejected', { at, by, reason: reasonCodes.join(' ') });
    return event(CooperativeRejectedV1, { ...this.fact(at), reviewCaseId, reasonCodes });
  }

  withdraw(at: Date): CooperativeWithdrawnV1 {
    this.moveTo('withdrawn', { at });
    return event(CooperativeWithdrawnV1, this.fact(at));
  }

  lapse(at: Date): CooperativeLapsedV1 {
    this.moveTo('lapsed', { at, reason: 'contact_not_verified' });
    return event(CooperativeLapsedV1, { ...this.fact(at), reason: 'contact_not_verified' });
  }

  /** An officer found that it is the survivor once more. */
  becomeDuplicateOf(survivorId: string, reason: string, by: string, at: Date): CooperativeFoundDuplicateV1 {
    this.moveTo('duplicate', { at, by, reason });
    this.survivorId = survivorId;
    return event(CooperativeFoundDuplicateV1, { ...this.fact(at), survivorId, reason });
  }

  /** Whether somebody is known to speak for it: an address was proved, or an office vouches. */
  hasContact(): boolean {
    return !!this.contactVerifiedAt || !!this.contactVouchedAt;
  }

  /** Whether people may still confirm that they speak for it. */
  takesContacts(): boolean {
    return !['lapsed', 'withdrawn', 'duplicate'].includes(this.registration);
  }

  /** Moves the registration axis, or refuses. Leaving the register gives the hard keys free, coming back takes them again. */
  moveTo(state: Registration, move: Move): void {
    if (!REGISTRATION_MOVES[this.registration].includes(state)) {
      throw wrongState({ detail: `${this.registration} → ${state}`, registration: this.registration });
    }
    this.registration = state;
    this.registrationHistory.push(stage(state, move));
    this.holdKeys();
  }

  /** Keeps the compared keys and marks in step with the registration, the name, the region and the website. */
  holdKeys(): void {
    const held = holdsKeys(this.registration);
    this.legalKey = held && this.legalEntityNumber ? legalKey(this.legalEntityNumber) : undefined;
    this.nikKey = held && this.nikKoperasi ? nikKey(this.nikKoperasi) : undefined;
    const marks = isMatched(this.registration) ? matchMarks(this) : [];
    if (marks.join('\n') === (this.matchMarks ?? []).join('\n')) return;
    this.matchMarks = marks.length > 0 ? marks : undefined;
    this.matchAgain();
  }

  /** Something has changed by which it may be known as another, or as no other: its contact, its website. */
  matchAgain(): void {
    this.matchDue = newId();
  }
}

export type CooperativeDocument = HydratedDocument<Cooperative>;
export const CooperativeSchema = SchemaFactory.createForClass(Cooperative);
CooperativeSchema.loadClass(Cooperative);
// Whoever changes what requirements follow from need not know of them: a job looks at them anew.
CooperativeSchema.pre('save', function () {
  const isChanged = !this.isNew && !this.isModified('requirementsAt') && this.isModified(OrganisationFacts.ASKED_OF);
  if (isChanged && this.contactVerifiedAt) this.requirementsAt = new Date(0);
});

// Whoever changes the website need not know that it is looked at.
CooperativeSchema.pre('save', function () {
  if (this.isModified('website')) this.websiteChanged = true;
});

CooperativeSchema.index({ websiteChanged: 1 }, { sparse: true });
CooperativeSchema.index({ legalKey: 1 }, { sparse: true });
CooperativeSchema.index({ nikKey: 1 }, { sparse: true });
// Never changed once it is written, so it may be unique here; the hard keys are kept in `hard_keys`.
CooperativeSchema.index(
  { importKey: 1 },
  { name: 'one_cooperative_per_import_key', unique: true, partialFilterExpression: { importKey: { $type: 'string' } } },
);
CooperativeSchema.index({ importId: 1 });
CooperativeSchema.index({ matchMarks: 1 }, { sparse: true });
CooperativeSchema.index({ matchDue: 1 }, { sparse: true });
CooperativeSchema.index({ registration: 1, origin: 1, createdAt: 1 });
CooperativeSchema.index({ requirementsAt: 1 }, { sparse: true });
CooperativeSchema.index({ registration: 1, activityTold: 1, lastSeenAt: 1 });
