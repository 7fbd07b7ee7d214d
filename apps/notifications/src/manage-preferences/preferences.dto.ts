import { CHANNELS, type Channel } from '@idxcoop/contracts';
import { ApiProperty, PickType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, ValidateIf } from 'class-validator';

/** A form sends words where JSON sends truth values. */
const truth = () => Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value));

/** What a person may choose: at least one of the two, on the channel of their link unless another is named. */
export class MessagePreferencesDto {
  @ValidateIf((choice: MessagePreferencesDto) => choice.announcements !== undefined || choice.digests === undefined)
  @truth()
  @IsBoolean()
  announcements?: boolean;
  @IsOptional() @truth() @IsBoolean() digests?: boolean;
  /** `all`: every channel that the person has. */
  @IsOptional() @IsIn([...CHANNELS, 'all']) channel?: Channel | 'all';
}

/** Why a channel is silent although its person did not choose so here. */
export const STOPS = ['stop_word', 'complaint', 'address', 'provider'] as const;
export type Stop = (typeof STOPS)[number];

/** What is sent over one channel of the person. */
export class ChannelPreferencesView {
  @ApiProperty({ enum: CHANNELS }) channel!: Channel;
  @ApiProperty({ description: 'Masked: `s***@m***.example`' }) address!: string;
  @ApiProperty() announcements!: boolean;
  @ApiProperty() digests!: boolean;
  @ApiProperty({ enum: STOPS, nullable: true, description: 'Silent for a reason that cannot be changed here' })
  stopped!: Stop | null;
  @ApiProperty({ description: 'Whether it is the channel of the link' }) own!: boolean;
}

/** What they have chosen. */
export class MessagePreferencesView {
  @ApiProperty({ description: 'Whether announcements are sent; what a person asked for is sent all the same' })
  announcements!: boolean;
  @ApiProperty({ description: 'Whether digests are sent' })
  digests!: boolean;
  @ApiProperty({ type: [ChannelPreferencesView] })
  channels!: ChannelPreferencesView[];
}

/** What the mail program's button did. */
export class UnsubscribedView extends PickType(MessagePreferencesView, ['announcements', 'digests']) {}
