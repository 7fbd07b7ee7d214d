import { Injectable } from '@nestjs/common';

/** Says within this process that the index has something new, so that its follower need not wait for its next look. */
@Injectable()
export class IndexSignal {
  private listener: () => void = () => {};

  listen(listener: () => void): void {
    this.listener = listener;
  }

  ring(): void {
    this.listener();
  }
}
