import { Injectable } from '@nestjs/common';
import { InjectModel, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import type { Cooperative } from '../cooperative/cooperative.schema';
import { identityMarks, MARK_KINDS, type RowIdentity } from './row-identity';

/**
 * A cooperative that a roll-back took away: under which marks its row may come again, and how many facts it has. Its facts
 * are only retracted from the roll-back on, so for an earlier moment they still count; under another id the same row would
 * then count twice. Inserted at the roll-back and deleted when the row comes again, never changed.
 */
@Schema({ collection: 'former_cooperatives', versionKey: false })
export class FormerCooperative {
  /** The id of the cooperative. */
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: [String], required: true }) marks!: string[];
  @Prop({ type: Number, required: true }) sequence!: number;
}

export const FormerCooperativeSchema = SchemaFactory.createForClass(FormerCooperative);
FormerCooperativeSchema.index({ marks: 1 });

/** Remembers cooperatives that were taken away, and gives a row that comes again its own back. */
@Injectable()
export class FormerCooperatives {
  constructor(@InjectModel(FormerCooperative.name) private readonly former: Model<FormerCooperative>) {}

  /** Keeps the identity of cooperatives that are taken away, each for the territories that named it. */
  async keep(
    gone: readonly { cooperative: Cooperative; territories: Iterable<string> }[],
    session: ClientSession,
  ): Promise<void> {
    const rows = gone.map(({ cooperative, territories }) => {
      const { _id, sequence, importKey, legalKey, nikKey } = cooperative;
      const identity = { keys: { importKey, legalKey, nikKey }, fields: cooperative };
      const marks = [...new Set([...territories].flatMap((territory) => identityMarks(territory, identity)))];
      return { _id, sequence, marks };
    });
    if (rows.length > 0) await this.former.insertMany(rows, { session });
  }

  /** The identities of rows that were there before; each is given once, to the row with the strongest mark, and forgotten. */
  async takeUp<Row extends RowIdentity>(
    rows: readonly Row[],
    territory: string,
    session: ClientSession,
  ): Promise<Map<Row, Pick<FormerCooperative, '_id' | 'sequence'>>> {
    const taken = new Map<Row, FormerCooperative>();
    if (rows.length === 0) return taken;
    const wanted = rows.map((row) => ({ row, marks: identityMarks(territory, row) }));
    const found = await this.former
      .find({ marks: { $in: wanted.flatMap(({ marks }) => marks) } })
      .sort({ _id: 1 })
      .session(session)
      .lean<FormerCooperative[]>();
    const free = new Set(found);
    for (const kind of found.length > 0 ? MARK_KINDS : []) {
      for (const { row, marks } of wanted) {
        const mark = marks.find((entry) => entry.startsWith(`${kind}|`));
        const match = mark && !taken.has(row) && [...free].find((entry) => entry.marks.includes(mark));
        if (!match) continue;
        taken.set(row, match);
        free.delete(match);
      }
    }
    if (taken.size > 0)
      await this.former.deleteMany({ _id: { $in: [...taken.values()].map(({ _id }) => _id) } }, { session });
    return taken;
  }
}
