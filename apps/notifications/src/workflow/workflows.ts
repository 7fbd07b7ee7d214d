import type { Channel } from '@idxcoop/contracts';
import type { Category, Lane, Message } from '../message/message.schema';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What is sent because of one kind of cause: to whom, by which way, how urgently, and for how long it is of use. */
export interface Workflow {
  category: Category;
  lane: Lane;
  /** In order: the first on which the person can be reached, the next where that one cannot reach them. */
  channels: readonly Channel[];
  /** Milliseconds after its cause; later it is not sent any more. */
  life: number;
}

export type WorkflowKey = 'verification' | 'status_link' | 'welcome' | 'decision' | 'milestone' | 'campaign';

/** Everything that is ever sent, by cause. */
export const WORKFLOWS: Readonly<Record<WorkflowKey, Workflow>> = {
  verification: { category: 'authentication', lane: 'urgent', channels: ['email', 'whatsapp'], life: DAY },
  status_link: { category: 'authentication', lane: 'urgent', channels: ['email', 'whatsapp'], life: DAY },
  welcome: { category: 'transactional', lane: 'normal', channels: ['whatsapp', 'email'], life: 7 * DAY },
  decision: { category: 'transactional', lane: 'normal', channels: ['whatsapp', 'email'], life: 14 * DAY },
  milestone: { category: 'announcement', lane: 'normal', channels: ['whatsapp', 'email'], life: 7 * DAY },
  campaign: { category: 'announcement', lane: 'bulk', channels: ['whatsapp', 'email'], life: 60 * DAY },
};

/** What a message takes over from its workflow. */
export function settingsOf(
  workflow: WorkflowKey,
  causedAt: Date,
): Pick<Message, 'workflow' | 'category' | 'lane' | 'expiresAt'> {
  const { category, lane, life } = WORKFLOWS[workflow];
  return { workflow, category, lane, expiresAt: new Date(causedAt.getTime() + life) };
}
