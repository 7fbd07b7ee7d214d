/** What tells a row of an import from others: its keys, and for a row without any the organisation itself. */
export interface RowIdentity {
  keys: { importKey?: string; legalKey?: string; nikKey?: string };
  fields: { name: string; form: string; type: string; regionCode: string };
}

/** The strongest first. */
export const MARK_KINDS = ['external', 'legal', 'nik', 'content'] as const;

/** The marks by which a row is known again in the territory that uploaded it. */
export function identityMarks(territory: string, { keys, fields }: RowIdentity): string[] {
  const { importKey, legalKey, nikKey } = keys;
  const marks = [
    // An import key holds its territory already.
    ...(importKey ? [`external|${importKey}`] : []),
    ...(legalKey ? [`legal|${territory}|${legalKey}`] : []),
    ...(nikKey ? [`nik|${territory}|${nikKey}`] : []),
  ];
  if (marks.length > 0) return marks;
  const { name, form, type, regionCode } = fields;
  return [`content|${territory}|${form}|${type}|${regionCode}|${name.toLowerCase()}`];
}
