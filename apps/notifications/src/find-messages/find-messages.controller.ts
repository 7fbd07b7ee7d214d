import { Internal } from '@idxcoop/platform';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Message } from '../message/message.schema';
import { FindMessagesDto } from './find-messages.dto';

/** What was written to a person, for the copy of everything that is held about them. */
@ApiExcludeController()
@Internal()
@Controller('internal/messages')
export class FindMessagesController {
  constructor(@InjectModel(Message.name) private readonly messages: Model<Message>) {}

  @HttpCode(200)
  @Post('lookup')
  async find(@Body() { recipientIds }: FindMessagesDto) {
    const rows = await this.messages.find({ recipientId: { $in: recipientIds } }).lean<Message[]>();
    const items = rows.map(({ _id, template, channel, language, state, maskedAddress, plannedAt, sentAt }) => ({
      id: _id,
      template,
      channel,
      language,
      state,
      to: maskedAddress ?? null,
      plannedAt: plannedAt.toISOString(),
      sentAt: sentAt?.toISOString() ?? null,
    }));
    return { items };
  }
}
