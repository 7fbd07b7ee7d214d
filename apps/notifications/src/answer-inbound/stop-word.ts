import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Suppression } from '../suppression/suppression.schema';
import { Suppressions } from '../suppression/suppressions';

const SCOPE = 'notices';
const REASON = 'stop_word';

/** BERHENTI and MULAI: what the word of a number sets, and it alone lifts. */
@Injectable()
export class StopWord {
  constructor(
    @InjectModel(Suppression.name) private readonly rows: Model<Suppression>,
    private readonly suppressions: Suppressions,
  ) {}

  /** Stops everything that the person does not ask for; false where their word had done so before. */
  async stop(phoneHash: string, session: ClientSession): Promise<boolean> {
    const row = { subject: phoneHash, scope: SCOPE, reason: REASON } as const;
    if (await this.rows.exists(row).session(session)) return false;
    await this.suppressions.add([phoneHash], SCOPE, REASON, session);
    return true;
  }

  async start(phoneHash: string, session: ClientSession): Promise<void> {
    await this.suppressions.lift([phoneHash], SCOPE, REASON, session);
  }
}
