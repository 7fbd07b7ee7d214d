import type { Message } from '../message/message.schema';
import { workflowOf } from '../workflow/workflows';

/** What a message is to its reader: the rules of silence know no finer difference. */
export type Kind = 'code' | 'notice' | 'announcement' | 'digest';

/**
 * How much is not sent any more, from wide to narrow. `all`: the address does not work. `notices`: everything but the codes that
 * the person asks for, as the word BERHENTI wants it. The last two stand side by side: who wants no announcements may
 * still want the figures that they ordered.
 */
export const SUPPRESSION_SCOPES = ['all', 'notices', 'announcements', 'digests'] as const;
export type SuppressionScope = (typeof SUPPRESSION_SCOPES)[number];

export const STOPPED_BY: Readonly<Record<SuppressionScope, readonly Kind[]>> = {
  all: ['code', 'notice', 'announcement', 'digest'],
  notices: ['notice', 'announcement', 'digest'],
  announcements: ['announcement'],
  digests: ['digest'],
};

/** Of several scopes the widest is the answer. */
export function refusalOf(scopes: readonly SuppressionScope[], kind: Kind): string | null {
  const stops = scopes.filter((scope) => STOPPED_BY[scope].includes(kind));
  if (stops.includes('all')) return 'address_suppressed';
  return stops.length > 0 ? 'opted_out' : null;
}

/** A confirmation that an import asks for was not asked for by the person. */
export function kindOf({ category, workflow }: Pick<Message, 'category' | 'workflow'>): Kind {
  if (category === 'authentication') return workflow === 'import_confirmation' ? 'notice' : 'code';
  if (workflowOf(workflow)?.digest) return 'digest';
  return category === 'announcement' ? 'announcement' : 'notice';
}
