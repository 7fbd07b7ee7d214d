import { bootstrap, Public } from '@idxcoop/platform';
import { Controller, Get, Module } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';

/** A service that answers slowly: for what happens to a request when its process is asked to end. */
@Public()
@Controller('v1/slow')
class SlowController {
  @Get()
  async read() {
    process.stderr.write('REQUEST\n');
    await pause(700);
    return { done: true };
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {
  static readonly service = 'reporting' as const;
}

void bootstrap(SlowModule);
