import { CooperativeProfileUpdatedV1, event } from '@idxcoop/contracts';
import { Outbox } from '@idxcoop/messaging';
import { type CallerIdentity, Clock, isDuplicate, Mongo, RateLimits, refusal, requireMatch } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { AuditTrail } from '../audit/audit-trail';
import { Cooperative, type CooperativeDocument } from '../cooperative/cooperative.schema';
import { revisionOf, viewFacts } from '../cooperative/facts-view';
import { HardKeys } from '../cooperative/hard-key.schema';
import { legalKey, nikKey } from '../cooperative/hard-keys';
import { type Asking, SelfOrOffice } from '../cooperative/self-or-office';
import { dayOf } from '../day';
import { Survivors } from '../duplicates/survivors';
import { REQUIREMENT_OF } from '../requirement/keys';
import { Requirements } from '../requirement/requirements';
import { applyProfile, refuseVerifiedFacts } from './apply-profile';
import type { EditProfileDto } from './edit-profile.dto';
import { faultAt, profileFaults } from './profile-faults';

/** Who asks, and which version they saw. */
export interface Editor extends Asking {
  ifMatch: string | undefined;
}

/** Changes facts of an organisation: by itself with its status token, or by the office of its territory. */
@Injectable()
export class EditProfileHandler {
  constructor(
    private readonly mongo: Mongo,
    @InjectModel(Cooperative.name) private readonly cooperatives: Model<Cooperative>,
    private readonly door: SelfOrOffice,
    private readonly hardKeys: HardKeys,
    private readonly survivors: Survivors,
    private readonly requirements: Requirements,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  async execute(id: string, input: EditProfileDto, editor: Editor) {
    await this.door.open(id, editor);
    await this.limits.take('profile-changes', id, { points: 120, seconds: 3_600 });
    try {
      return await this.mongo.transaction((session) => this.edit(id, input, editor, session));
    } catch (error) {
      const { legalEntityNumber, nikKoperasi } = input;
      const keys = {
        legalKey: legalEntityNumber && legalKey(legalEntityNumber),
        nikKey: nikKoperasi && nikKey(nikKoperasi),
      };
      if (isDuplicate(error)) await this.survivors.refuseTaken(keys, id);
      throw error;
    }
  }

  private async edit(id: string, input: EditProfileDto, editor: Editor, session: ClientSession) {
    const at = this.clock.now();
    const { cooperative, source } = await this.door.open(id, editor, session);
    requireMatch(editor.ifMatch, revisionOf(cooperative));
    const { form, foundedOn } = cooperative;
    const isOffice = source === 'officer';
    const faults = profileFaults(input, { form, foundedOn, today: dayOf(at), isOffice });
    if (!(await this.areKnown(input.memberCooperatives, id)))
      faults.push(faultAt('/memberCooperatives', 'unknown_cooperative'));
    if (faults.length > 0) throw refusal(faults);
    if (!isOffice) refuseVerifiedFacts(cooperative, input);
    const fields = applyProfile(cooperative, input, source, at);
    if (fields.length > 0) await this.record(cooperative, fields, source, editor.caller, at, session);
    return { id, ...viewFacts(cooperative, at) };
  }

  private async record(
    cooperative: CooperativeDocument,
    fields: string[],
    source: 'self' | 'officer',
    caller: CallerIdentity | undefined,
    at: Date,
    session: ClientSession,
  ): Promise<void> {
    cooperative.revision = revisionOf(cooperative) + 1;
    if (source === 'self') cooperative.seen(at);
    const fact = event(CooperativeProfileUpdatedV1, { ...cooperative.fact(at), fields, source });
    await this.outbox.add(cooperative, fact, session);
    cooperative.holdKeys();
    await this.hardKeys.follow([cooperative], session);
    await cooperative.save({ session });
    const keys = fields.flatMap((field) => REQUIREMENT_OF[field] ?? []);
    if (source === 'self') await this.requirements.givenAnew(cooperative._id, keys, session);
    await this.requirements.settle(cooperative, session);
    if (source === 'officer' && caller) {
      const subject = { kind: 'cooperative', id: cooperative._id };
      await this.audit.add({ action: 'profile.changed', subject, fields, by: caller.subject }, session);
    }
  }

  private async areKnown(ids: readonly string[] | undefined, ownId: string): Promise<boolean> {
    if (!ids) return true;
    if (ids.includes(ownId)) return false;
    return (await this.cooperatives.countDocuments({ _id: { $in: [...ids] } })) === ids.length;
  }
}
