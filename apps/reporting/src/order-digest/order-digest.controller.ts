import { Idempotent, notFound, page, PageQuery, Roles } from '@idxcoop/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { Model } from 'mongoose';
import { DAY, FLAG, INSTANT, objectOf, oneOf, orNull, pageOf, TEXT } from '../answers/schema';
import { Answers } from '../answers/schema';
import { DigestSubscription, digestView } from '../digest/digest-subscription.schema';
import { namedBy } from '../page/page-after';
import { OrderDigestDto } from './order-digest.dto';
import { OrderDigestHandler } from './order-digest.handler';

const DIGEST = objectOf(
  {
    id: TEXT,
    officialId: TEXT,
    target: TEXT,
    period: oneOf('daily', 'weekly'),
    orderedFor: TEXT,
    timeZone: TEXT,
    skipIfUnchanged: FLAG,
    nextAt: { ...INSTANT, description: 'When the next one is put together, a quarter of an hour before it is sent' },
    lastAsOf: { ...orNull(DAY), description: 'The day whose figures the last one told' },
    createdAt: INSTANT,
  },
  'ReportingDigestSubscription',
);

@ApiTags('Digests')
@ApiBearerAuth()
@Controller('v1/digest-subscriptions')
@Roles('programme_lead', 'ministry')
export class OrderDigestController {
  constructor(
    @InjectModel(DigestSubscription.name) private readonly subscriptions: Model<DigestSubscription>,
    private readonly handler: OrderDigestHandler,
  ) {}

  @Post()
  @Idempotent({ location: ({ id }: { id: string }) => `/v1/digest-subscriptions/${id}` })
  @Answers(201, DIGEST)
  order(@Body() input: OrderDigestDto) {
    return this.handler.execute(input);
  }

  @Get()
  @Answers(200, pageOf(DIGEST))
  async list(@Query() { limit, cursor }: PageQuery) {
    const after = namedBy(cursor, 'id');
    const rows = await this.subscriptions
      .find(after === undefined ? {} : { _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<DigestSubscription[]>();
    return page(rows.map(digestView), limit, ({ id }) => ({ id }));
  }

  @Get(':id')
  @Answers(200, DIGEST)
  async one(@Param('id') id: string) {
    const found = await this.subscriptions.findById(id).lean<DigestSubscription>();
    if (!found) throw notFound();
    return digestView(found);
  }

  /** Nothing is put together for it any more; what is on its way arrives. */
  @Delete(':id')
  @HttpCode(204)
  async cancel(@Param('id') id: string): Promise<void> {
    const { deletedCount } = await this.subscriptions.deleteOne({ _id: id });
    if (deletedCount === 0) throw notFound();
  }
}
