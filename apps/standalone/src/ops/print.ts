/** The result of a command on standard output: JSON, or lines for people. */
export function print(result: unknown, isJson: boolean): void {
  process.stdout.write(`${isJson ? JSON.stringify(result) : forPeople(result)}\n`);
}

function forPeople(result: unknown): string {
  if (!Array.isArray(result)) return isFlat(result) ? table([result as object]) : JSON.stringify(result, undefined, 2);
  return result.length === 0 ? 'nothing' : table(result as object[]);
}

function isFlat(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((field) => typeof field !== 'object')
  );
}

function table(rows: readonly object[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [
    columns,
    ...rows.map((row) => columns.map((column) => cell((row as Record<string, unknown>)[column]))),
  ];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((text, i) => text.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? Object.values(value).join(' ') : String(value as string | number | boolean);
}
