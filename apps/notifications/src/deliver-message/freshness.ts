import { Clock, Config, ServiceClient } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Bundles } from '../bundle/bundles';
import { Course } from '../course/course.schema';
import type { CauseDetails, Message } from '../message/message.schema';
import { plain } from '../template/plain';
import type { SuggestedItem } from '../template/template';
import { daysUntil } from '../workflow/timetable';

/** What a message says that is true only at the moment of its delivery. */
export interface Fresh {
  details: Pick<CauseDetails, 'daysLeft' | 'count' | 'regions' | 'dueOn'>;
  items?: SuggestedItem[];
}

/** Asks, at delivery, whether a message of a long process is still needed, and what it has to say today. */
@Injectable()
export class Freshness {
  constructor(
    @InjectModel(Course.name) private readonly courses: Model<Course>,
    private readonly bundles: Bundles,
    private readonly services: ServiceClient,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** What is true now, or why there is nothing to send any more, as a code. */
  async of({ course: id, cause, details }: Message): Promise<Fresh | string> {
    if (details.bundleId) {
      const told = await this.bundles.tell(details.bundleId);
      return told ? { details: told } : 'no_longer_needed';
    }
    if (!id) return { details: {} };
    const course = await this.courses.findById(id).lean<Course>();
    if (!course || course.state === 'stopped' || !isOfRun(cause, course)) return 'no_longer_needed';
    const { dueOn, itemIds } = details;
    const daysLeft = dueOn && course.timeZone ? daysUntil(dueOn, course.timeZone, this.clock.now()) : undefined;
    const fresh = { details: { ...(daysLeft !== undefined && { daysLeft }) } };
    if (!itemIds) return fresh;
    const items = (await Promise.all(itemIds.map((item) => this.published(item)))).filter((item) => item !== null);
    return items.length > 0 ? { ...fresh, items } : 'nothing_left';
  }

  /** An item as the public sees it; null where it was withdrawn. */
  private async published(id: string): Promise<SuggestedItem | null> {
    const path = `/v1/library/items/${encodeURIComponent(id)}`;
    const item = await this.services.get<{ title: string }>('content-indexing', path);
    return item && { title: plain(item.title), url: new URL(path, this.config.publicUrl).toString() };
  }
}

/** Items of a window that has closed are still of use while the next one gathers. */
function isOfRun(cause: string, { run, gathered }: Course): boolean {
  return gathered !== undefined || cause.startsWith(`${run}/`);
}
