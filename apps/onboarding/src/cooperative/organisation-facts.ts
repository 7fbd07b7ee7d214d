import { Prop } from '@nestjs/mongoose';

export const BOARD_POSITIONS = ['chair', 'secretary', 'treasurer', 'supervisor', 'manager'] as const;
export type BoardPosition = (typeof BOARD_POSITIONS)[number];

/** Who said a fact. */
export type FactSource = 'self' | 'officer' | 'import';

/** An annual meeting (RAT) that was reported, of the book year that it closed. */
export interface AnnualMeeting {
  bookYear: number;
  heldOn?: string;
  reportedAt: Date;
  source: FactSource;
}

/** How many members there are, as of the day they were counted. */
export interface MembershipCounts {
  men: number;
  women: number;
  /** Of a primary cooperative: at least nine by law. */
  founders?: number;
}

/** Facts of the organisation that follow the sign-up, and what is kept in order to act on them in time. No person is among them. */
export abstract class OrganisationFacts {
  @Prop({
    type: [{ _id: false, bookYear: Number, heldOn: String, reportedAt: Date, source: String }],
    default: undefined,
  })
  annualMeetings?: AnnualMeeting[];
  /** Which positions of the board are filled; who fills them is in `people`. */
  @Prop({ type: [String], default: undefined }) boardPositions?: BoardPosition[];
  @Prop({ type: { _id: false, men: Number, women: Number, founders: Number } }) membershipCounts?: MembershipCounts;
  /** Of a secondary cooperative: the cooperatives that are its members. */
  @Prop({ type: [String], default: undefined }) memberCooperatives?: string[];
  /** When its readiness was assessed first. */
  @Prop({ type: Date }) assessedAt?: Date;
  /** Who said a fact, where that was not at the sign-up. */
  @Prop({ type: Object }) factSources?: Record<string, FactSource>;
  /** Counts the changes of what people edit: the ETag. */
  @Prop({ type: Number, default: 1 }) revision!: number;
  @Prop({ type: Date }) lastSeenAt?: Date;
  /** The activity that was told last; nothing was, before the first. */
  @Prop({ type: String }) activityTold?: 'active' | 'silent';
  /** When its requirements are to be looked at again; absent where nobody is to be reminded. */
  @Prop({ type: Date }) requirementsAt?: Date;
  /** Counts the looks, so that two at once do not both tell; and the rules that the last one went by. */
  @Prop({ type: Number }) requirementsRound?: number;
  @Prop({ type: String }) requirementsRules?: string;

  /** It did something: a sign-in, a changed profile, evidence, an assessment; never that a message was read. */
  seen(at: Date): void {
    if (!this.lastSeenAt || this.lastSeenAt < at) this.lastSeenAt = at;
  }

  /** The fields whose change may change what is due. */
  static readonly ASKED_OF = [
    'registration',
    'entity',
    'contactVerifiedAt',
    'contactVouchedAt',
    'legalEntityNumber',
    'nikKoperasi',
    'website',
    'foundedOn',
    'annualMeetings',
    'boardPositions',
    'membershipCounts',
    'memberCooperatives',
    'assessedAt',
  ];
}
