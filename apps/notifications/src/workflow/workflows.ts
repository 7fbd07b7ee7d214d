import type { ContactVerifiedV1, MilestoneReachedV1 } from '@idxcoop/contracts';
import { DateTime } from 'luxon';
import type { Message } from '../message/message.schema';
import { DAY, HOUR, type Workflow } from './workflow';

/** Everything that is ever sent, by cause. Keys are stored data and are never renamed. */
export const WORKFLOWS = {
  /** An address is proved by a link or a code that goes to this very address. */
  verification: {
    category: 'authentication',
    lane: 'urgent',
    channels: ['email', 'whatsapp'],
    fallback: 'none',
    life: DAY,
  },
  /** The same, asked by an import: nobody waits for it, and it never takes the room that is kept for those who do. */
  import_confirmation: {
    category: 'authentication',
    lane: 'bulk',
    channels: ['email', 'whatsapp'],
    fallback: 'none',
    life: 7 * DAY,
  },
  /** Of no use once its flow has ended, an hour after it was asked for at the latest. */
  sign_in: {
    category: 'authentication',
    lane: 'urgent',
    channels: ['email', 'whatsapp'],
    fallback: 'none',
    life: HOUR,
  },
  /** Nobody asks in a person's name without their hearing of it. */
  privacy_request: {
    category: 'authentication',
    lane: 'normal',
    channels: ['email', 'whatsapp'],
    fallback: 'none',
    life: DAY,
  },
  status_link: {
    category: 'authentication',
    lane: 'urgent',
    channels: ['email', 'whatsapp'],
    fallback: 'none',
    life: DAY,
  },
  /** Once per cooperative, at the address that was verified first. */
  welcome: {
    category: 'transactional',
    lane: 'normal',
    channels: ['whatsapp', 'email'],
    fallback: 'none',
    life: 7 * DAY,
    when: ({ first }: ContactVerifiedV1) => first,
  },
  decision: {
    category: 'transactional',
    lane: 'normal',
    channels: ['whatsapp', 'email'],
    fallback: 'next_channel',
    life: 14 * DAY,
  },
  /** The review waits for the answer, so it is told for as long as that may take. */
  information_request: {
    category: 'transactional',
    lane: 'normal',
    channels: ['whatsapp', 'email'],
    fallback: 'next_channel',
    life: 14 * DAY,
  },
  /** To whoever has the case now; their own deadline runs already. */
  escalation: {
    category: 'transactional',
    lane: 'normal',
    channels: ['whatsapp', 'email'],
    fallback: 'next_channel',
    life: 3 * DAY,
  },
  /** Told while it is news: for seven days in Jakarta, where programme leads sit. What late data places before is told to nobody. */
  milestone: {
    category: 'announcement',
    lane: 'normal',
    channels: ['whatsapp', 'email'],
    fallback: 'next_channel',
    life: 7 * DAY,
    when: ({ reachedOn }: MilestoneReachedV1, now) =>
      now.getTime() < DateTime.fromISO(reachedOn, { zone: 'Asia/Jakarta' }).plus({ days: 8 }).toMillis(),
  },
  /** From a week before the due day until it is satisfied; then it is the office's turn. */
  requirement_reminders: {
    category: 'transactional',
    lane: 'normal',
    channels: ['whatsapp', 'email'],
    fallback: 'next_channel',
    life: 7 * DAY,
    steps: [
      { day: -7, template: 'requirement_reminder', to: 'cooperative' },
      { day: -3, template: 'requirement_reminder', to: 'cooperative' },
      { day: -1, template: 'requirement_reminder', to: 'cooperative' },
      { day: 0, template: 'requirement_reminder', to: 'cooperative' },
      { day: 3, template: 'requirement_overdue', to: { officials: 'officer' }, together: true },
      { day: 7, template: 'requirement_escalated', to: { officials: 'officer', level: 'province' }, together: true },
    ],
  },
  /** To a cooperative that fell silent; twice, unless it is active again. */
  reactivation: {
    category: 'announcement',
    lane: 'bulk',
    channels: ['whatsapp', 'email'],
    fallback: 'next_channel',
    life: 14 * DAY,
    steps: [
      { day: 0, atOnce: true, template: 'reactivation', to: 'cooperative' },
      { day: 30, template: 'reactivation', to: 'cooperative' },
    ],
  },
  /**
   * Items for its readiness gaps, on Monday morning: by mail first, which can link them. Those that are withdrawn by then are not
   * named; none left, none sent.
   */
  library_suggestions: {
    category: 'announcement',
    lane: 'bulk',
    channels: ['email', 'whatsapp'],
    fallback: 'next_channel',
    life: 5 * DAY,
    digest: true,
    gather: { weekday: 1, atMost: 5 },
    steps: [{ day: 0, template: 'library_suggestions', to: 'cooperative' }],
  },
  /** What an official ordered, at the hour that they ordered it for; yesterday's figures are of no use in the evening. */
  daily_digest: {
    category: 'announcement',
    lane: 'normal',
    channels: ['email', 'whatsapp'],
    fallback: 'next_channel',
    life: 12 * HOUR,
    digest: true,
    orderedFor: true,
  },
  weekly_digest: {
    category: 'announcement',
    lane: 'normal',
    channels: ['email', 'whatsapp'],
    fallback: 'next_channel',
    life: 3 * DAY,
    digest: true,
    orderedFor: true,
  },
  /** To what a person just wrote, within the day in which WhatsApp allows a free answer. */
  answer: {
    category: 'transactional',
    lane: 'urgent',
    channels: ['whatsapp'],
    fallback: 'none',
    life: 23 * HOUR,
  },
  /** A template, filled with samples, to who wants to see it: they look into their mailbox now. */
  template_test: {
    category: 'transactional',
    lane: 'normal',
    channels: ['email', 'whatsapp'],
    fallback: 'none',
    life: HOUR,
  },
  campaign: {
    category: 'announcement',
    lane: 'bulk',
    channels: ['whatsapp', 'email'],
    fallback: 'next_channel',
    life: 60 * DAY,
  },
} as const satisfies Readonly<Record<string, Workflow>>;

export type WorkflowKey = keyof typeof WORKFLOWS;

/** A workflow by the key that messages carry. */
export function workflowOf(key: string): Workflow {
  return WORKFLOWS[key as WorkflowKey];
}

/** What a message takes over from its workflow. */
export function settingsOf(
  workflow: WorkflowKey,
  causedAt: Date,
): Pick<Message, 'workflow' | 'category' | 'lane' | 'expiresAt'> {
  const { category, lane, life } = workflowOf(workflow);
  return { workflow, category, lane, expiresAt: new Date(causedAt.getTime() + life) };
}
