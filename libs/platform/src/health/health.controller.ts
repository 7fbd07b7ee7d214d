import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../auth/access';
import { Metrics } from '../metrics';
import { Health, type HealthReport } from './health';

/** What operations ask every process, whatever its roles. */
@ApiExcludeController()
@Public()
@Controller()
export class HealthController {
  constructor(
    @Inject(Health) private readonly health: Health,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  @Get('health/live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  async ready(@Res({ passthrough: true }) response: Response): Promise<HealthReport | { status: string }> {
    const report = await this.health.report();
    if (report.status === 'ok') return { status: 'ok' };
    response.status(503).set('Retry-After', '2');
    return report;
  }

  @Get('metrics')
  async read(@Res() response: Response): Promise<void> {
    response.set('Content-Type', this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}
