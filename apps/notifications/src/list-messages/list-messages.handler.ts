import { decodeCursor, page } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Bundles } from '../bundle/bundles';
import { Message } from '../message/message.schema';
import type { ListMessagesQuery, MessageListView, MessageView } from './list-messages.dto';

/** Lists messages, the newest first. */
@Injectable()
export class ListMessagesHandler {
  constructor(
    @InjectModel(Message.name) private readonly messages: Model<Message>,
    private readonly bundles: Bundles,
  ) {}

  async execute({
    limit,
    cursor,
    from,
    until,
    cause,
    cooperativeId,
    ...wanted
  }: ListMessagesQuery): Promise<MessageListView> {
    const after = decodeCursor<{ id?: unknown }>(cursor)?.id;
    const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    const filter = {
      ...given,
      $and: [
        ...(cause
          ? [await this.orBundled(causedBy(cause), { entries: { $elemMatch: { cause: stepsOf(cause) } } })]
          : []),
        ...(cooperativeId ? [await this.orBundled({ cooperativeId }, { 'entries.cooperativeId': cooperativeId })] : []),
        {},
      ],
      ...((from || until) && {
        plannedAt: { ...(from && { $gte: new Date(from) }), ...(until && { $lt: new Date(until) }) },
      }),
      ...(typeof after === 'string' && { _id: { $lt: after } }),
    };
    const rows = await this.messages
      .find(filter)
      .sort({ _id: -1 })
      .limit(limit + 1)
      .lean();
    return page(rows, limit, ({ _id }) => ({ id: _id }), view);
  }

  /** Messages, and those that tell of several things together of which one is meant. */
  private async orBundled(filter: object, bundled: object): Promise<object> {
    const bundles = await this.bundles.idsOf(bundled);
    return bundles.length > 0 ? { $or: [filter, { 'details.bundleId': { $in: bundles } }] } : filter;
  }
}

/** Also the steps of a long process that the event began: `<event id>/<step>`. */
function causedBy(cause: string): object {
  return { $or: [{ cause }, { cause: stepsOf(cause) }] };
}

function stepsOf(cause: string): object {
  return { $gte: `${cause}/`, $lt: `${cause}0` };
}

function view(message: Message): MessageView {
  const {
    _id,
    cooperativeId,
    cause,
    workflow,
    template,
    channel,
    language,
    maskedAddress,
    state,
    code,
    attempt,
    history,
  } = message;
  const at = (date: Date | undefined) => date?.toISOString() ?? null;
  return {
    id: _id,
    cooperativeId: cooperativeId ?? null,
    causeId: cause,
    workflow,
    template,
    channel,
    language,
    to: maskedAddress ?? null,
    state,
    code: code ?? null,
    attempt,
    plannedAt: message.plannedAt.toISOString(),
    sentAt: at(message.sentAt),
    deliveredAt: at(message.deliveredAt),
    readAt: at(message.readAt),
    history: history.map(({ at: reachedAt, until, ...step }) => ({
      ...step,
      at: reachedAt.toISOString(),
      ...(until && { until: until.toISOString() }),
    })),
  };
}
