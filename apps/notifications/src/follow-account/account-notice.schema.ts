import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** The queue of `FollowAccountJob`. */
export const ACCOUNT_QUEUE = 'notifications-follow-account';

/** What Meta says of our account, reduced to stable words: no number, no name, no description. */
export type Notice =
  | { kind: 'template_state'; template: string; language: string; state: string; reason?: string }
  | { kind: 'template_category'; template: string; language: string; category: string }
  /** People whom we may begin to write to in 24 hours; -1 where there is no limit. */
  | { kind: 'people_per_day'; people: number }
  | { kind: 'quality'; event: string }
  | { kind: 'alert'; severity: string; alert: string }
  | { kind: 'account'; event: string };

/** One notice of Meta; stored before it is answered, handled by a job. The newest of a subject is the one that holds. */
@Schema({ collection: 'account_notices', versionKey: false })
export class AccountNotice {
  @Prop({ type: String, required: true }) _id!: string;
  @Prop({ type: String, required: true }) subject!: string;
  @Prop({ type: Object, required: true }) notice!: Notice;
  /** By Meta's clock. */
  @Prop({ type: Date, required: true }) at!: Date;
  @Prop({ type: Date }) dueAt?: Date;
  @Prop({ type: Date, required: true }) forgetAt!: Date;
}

export const AccountNoticeSchema = SchemaFactory.createForClass(AccountNotice);
AccountNoticeSchema.index({ subject: 1, at: 1 }, { name: 'of_subject' });
AccountNoticeSchema.index({ dueAt: 1 }, { name: 'due', sparse: true });
AccountNoticeSchema.index({ forgetAt: 1 }, { name: 'forgotten_after_a_month', expireAfterSeconds: 0 });

/** What a notice is about: of two on the same subject the later one holds. */
export function subjectOf(notice: Notice): string {
  switch (notice.kind) {
    case 'template_state':
    case 'template_category':
      return `${notice.kind} ${notice.template} ${notice.language}`;
    case 'alert':
      return `alert ${notice.alert}`;
    case 'people_per_day':
    case 'quality':
    case 'account':
      return notice.kind;
  }
}
