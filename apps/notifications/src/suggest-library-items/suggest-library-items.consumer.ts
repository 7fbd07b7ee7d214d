import { LibraryItemRecommendedV1 } from '@idxcoop/contracts';
import { type EventContext, EventConsumer, OnEvent } from '@idxcoop/messaging';
import { Courses } from '../course/courses';

/** Items for the gaps of a cooperative are gathered over the week and suggested together. */
@EventConsumer('suggest-library-items')
export class SuggestLibraryItemsConsumer {
  constructor(private readonly courses: Courses) {}

  @OnEvent(LibraryItemRecommendedV1)
  async on(
    { cooperativeId, regionCode, itemId }: LibraryItemRecommendedV1,
    { id, session }: EventContext,
  ): Promise<void> {
    const from = { event: id, cooperativeId, regionCode };
    await this.courses.gather('library_suggestions', cooperativeId, itemId, from, session);
  }
}
