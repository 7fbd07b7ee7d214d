import {
  CooperativeDissolvedV1,
  type CooperativeFact,
  CooperativeMergedV1,
  CooperativeRevivedV1,
  CooperativeWentDormantV1,
  event,
} from '@idxcoop/contracts';
import { Prop } from '@nestjs/mongoose';
import { wrongState } from '../problems.templates';
import { ENTITIES, type Entity } from './axes';
import { OrganisationFacts } from './organisation-facts';
import { STAGE, type Stage, stage } from './stage';

/** Where an entity may go. Dissolved and merged are ends. */
export const ENTITY_MOVES: Readonly<Record<Entity, readonly Entity[]>> = {
  active: ['dormant', 'dissolved', 'merged'],
  dormant: ['active', 'dissolved', 'merged'],
  dissolved: [],
  merged: [],
};

/** An officer says what became of the entity, since when and why. */
export interface EntityMove {
  at: Date;
  by: string;
  reason: string;
  /** A civil day. */
  effectiveOn: string;
  /** Of a merger: the cooperative that it became part of, where that is registered. */
  intoId?: string;
}

/** The axis of the legal entity: whether it does business, and whether there is one. */
export abstract class EntityAxis extends OrganisationFacts {
  @Prop({ type: String, enum: ENTITIES, default: 'active' }) entity!: Entity;
  @Prop({ type: [STAGE] }) entityHistory!: Stage<Entity>[];
  /** Of a merged one. */
  @Prop({ type: String }) mergedInto?: string;

  /** What every fact about this cooperative carries. */
  abstract fact(at: Date, effectiveOn?: string): CooperativeFact;

  goDormant(move: EntityMove): CooperativeWentDormantV1 {
    this.moveEntity('dormant', move);
    return event(CooperativeWentDormantV1, this.saying(move));
  }

  revive(move: EntityMove): CooperativeRevivedV1 {
    this.moveEntity('active', move);
    return event(CooperativeRevivedV1, this.saying(move));
  }

  dissolve(move: EntityMove): CooperativeDissolvedV1 {
    this.moveEntity('dissolved', move);
    return event(CooperativeDissolvedV1, this.saying(move));
  }

  mergeInto(move: EntityMove): CooperativeMergedV1 {
    this.moveEntity('merged', move);
    const { intoId } = move;
    if (intoId) this.mergedInto = intoId;
    return event(CooperativeMergedV1, { ...this.saying(move), ...(intoId && { intoId }) });
  }

  /** Whether there is an entity still. */
  exists(): boolean {
    return this.entity === 'active' || this.entity === 'dormant';
  }

  private saying({ at, effectiveOn, reason }: EntityMove) {
    return { ...this.fact(at, effectiveOn), reason };
  }

  private moveEntity(state: Entity, { at, by, reason, effectiveOn }: EntityMove): void {
    if (!ENTITY_MOVES[this.entity].includes(state)) {
      throw wrongState({ detail: `${this.entity} → ${state}`, entity: this.entity });
    }
    this.entity = state;
    this.entityHistory.push(stage(state, { at, by, reason, effectiveOn }));
  }
}
