import {
  Clock,
  decodeCursor,
  fieldError,
  Idempotent,
  languageOf,
  notFound,
  page,
  Public,
  refusal,
  Roles,
} from '@idxcoop/platform';
import { Body, Controller, Get, Headers, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Answers, InLanguage, pageOf } from '../answers/schema';
import { SNAPSHOT } from '../answers/progress';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ProgressReader } from '../progress/progress-reader';
import { knownAtOf } from '../progress/question';
import { Snapshot, snapshotView } from '../snapshot/snapshot.schema';
import { SnapshotsQuery, TakeSnapshotDto } from './take-snapshot.dto';
import { TakeSnapshotHandler } from './take-snapshot.handler';

@ApiTags('Targets')
@Controller('v1/targets/:key/snapshots')
export class TakeSnapshotController {
  constructor(
    @InjectModel(Snapshot.name) private readonly snapshots: Model<Snapshot>,
    private readonly handler: TakeSnapshotHandler,
    private readonly reader: ProgressReader,
    private readonly clock: Clock,
  ) {}

  @Post()
  @ApiBearerAuth()
  @Roles('programme_lead')
  @Idempotent({
    location: ({ id, progress }: { id: string; progress: { target: { key: string } } }) =>
      `/v1/targets/${progress.target.key}/snapshots/${id}`,
  })
  @InLanguage()
  @Answers(201, SNAPSHOT)
  take(@Param('key') key: string, @Body() { asOf }: TakeSnapshotDto, @Headers('accept-language') accept?: string) {
    return this.handler.execute(key, asOf, languageOf(accept));
  }

  @Get()
  @Public()
  @Answers(200, pageOf(SNAPSHOT))
  async list(@Param('key') key: string, @Query() { limit, cursor, asOf, knownAt }: SnapshotsQuery) {
    const target = await this.reader.target(key);
    const until = knownAtOf(knownAt, target.timeZone, this.clock.now());
    const after = decodeCursor<{ id: string; publishedAt: string }>(cursor);
    const from = after && { publishedAt: new Date(after.publishedAt), _id: String(after.id) };
    if (from && Number.isNaN(from.publishedAt.getTime())) throw refusal([fieldError('/cursor', 'bad_cursor')]);
    const rows = await this.snapshots
      .find({
        targetKey: key,
        publishedAt: { $lte: until },
        ...(asOf ? { asOf } : {}),
        ...(from
          ? {
              $or: [
                { publishedAt: { $gt: from.publishedAt } },
                { publishedAt: from.publishedAt, _id: { $gt: from._id } },
              ],
            }
          : {}),
      })
      .sort({ publishedAt: 1, _id: 1 })
      .limit(limit + 1)
      .lean();
    return page(
      rows,
      limit,
      ({ _id, publishedAt }) => ({ id: _id, publishedAt: publishedAt.toISOString() }),
      snapshotView,
    );
  }

  @Get(':id')
  @Public()
  @Answers(200, SNAPSHOT)
  async one(@Param('key') key: string, @Param('id') id: string) {
    const snapshot = await this.snapshots.findOne({ _id: id, targetKey: key }).lean();
    if (!snapshot) throw notFound();
    return snapshotView(snapshot);
  }
}
