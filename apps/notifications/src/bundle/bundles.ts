import { Clock, Config, newId, Regions } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model } from 'mongoose';
import { Course } from '../course/course.schema';
import type { CauseDetails, RegionCount } from '../message/message.schema';
import { Messages, type Plan } from '../message/messages';
import { DAY } from '../workflow/workflow';
import { morningFor } from '../workflow/timetable';
import { Bundle, type BundleEntry } from './bundle.schema';

/** What a bundle says at the moment of its delivery. */
export type Told = Required<Pick<CauseDetails, 'count' | 'regions' | 'dueOn'>>;

/** Makes of many steps for one official one message a morning, and says at its delivery what of them is still so. */
@Injectable()
export class Bundles {
  constructor(
    @InjectModel(Bundle.name) private readonly bundles: Model<Bundle>,
    @InjectModel(Course.name) private readonly courses: Model<Course>,
    private readonly messages: Messages,
    private readonly regions: Regions,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Puts a step among those of its morning, or of the first one after it that was not told yet; once, whoever asks again. */
  async add({ course = '', ...plan }: Plan, steppedAt: Date, session: ClientSession): Promise<void> {
    const { cause, recipientId, template, cooperativeId, details } = plan;
    if (await this.bundles.exists({ recipientId, 'entries.cause': cause }).session(session)) return;
    const { timeZone = 'Asia/Jakarta' } = (await this.courses.findById(course).session(session).lean<Course>()) ?? {};
    const entry: BundleEntry = { course, cause, ...(cooperativeId && { cooperativeId }) };
    const about = { recipientId, template, requirement: details.requirement ?? '' };
    for (let later = 0; ; later += 1) {
      const morning = morningFor(steppedAt, timeZone, later);
      const bundle = await this.bundles
        .findOne({ ...about, morning })
        .session(session)
        .lean<Bundle>();
      if (!bundle) return this.start({ ...about, morning, entries: [entry] }, plan, session);
      if (bundle.closedAt) continue;
      // Who writes its message at this moment closes it: then this transaction conflicts and runs again.
      await this.bundles.updateOne({ _id: bundle._id }, { $push: { entries: entry } }, { session });
      return;
    }
  }

  /** Closes a bundle and says what is still so of it; null where nothing is. */
  async tell(id: string): Promise<Told | null> {
    await this.bundles.updateOne({ _id: id, closedAt: { $exists: false } }, { $set: { closedAt: this.clock.now() } });
    const { entries = [] } = (await this.bundles.findById(id).lean<Bundle>()) ?? {};
    const courses = await this.courses.find({ _id: { $in: entries.map(({ course }) => course) } }).lean<Course[]>();
    const open = courses.filter(({ _id, state, run }) => {
      const isOfRun = entries.some(({ course, cause }) => course === _id && cause.startsWith(`${run}/`));
      return state !== 'stopped' && isOfRun;
    });
    const [first] = open.flatMap(({ anchor }) => anchor ?? []).sort();
    return first ? { count: open.length, regions: this.countByRegion(open), dueOn: first } : null;
  }

  /** The bundles that tell of a cooperative, or of what an event began. */
  async idsOf(filter: object): Promise<string[]> {
    const found = await this.bundles.find(filter, { _id: 1 }).lean();
    return found.map(({ _id }) => _id);
  }

  private async start(bundle: Omit<Bundle, '_id'>, plan: Plan, session: ClientSession): Promise<void> {
    const _id = newId();
    const { cooperativeId: _one, details, ...rest } = plan;
    const { requirement } = details;
    const window = this.config.togetherWindow;
    const at = new Date(Math.max(bundle.morning.getTime(), this.clock.now().getTime()) + window);
    const expiresAt = new Date(Math.max(plan.expiresAt.getTime(), at.getTime() + DAY));
    await this.bundles.create([{ ...bundle, _id }], { session });
    const together: CauseDetails = { bundleId: _id, ...(requirement && { requirement }) };
    const notBefore: Plan['notBefore'] = { at, code: 'together' };
    await this.messages.plan({ ...rest, details: together, notBefore, expiresAt }, session);
  }

  /** By regency or city, most first. */
  private countByRegion(courses: readonly Course[]): RegionCount[] {
    const counts = new Map<string, number>();
    for (const { regionCode = '' } of courses) {
      const code = regionCode.split('.').slice(0, 2).join('.');
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    return [...counts]
      .map(([code, count]) => ({ name: this.regions.find(code)?.name ?? code, count }))
      .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
  }
}
