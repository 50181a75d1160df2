/** The columns of a result report before those of the file it reports on. They are read by nobody, so that a corrected report can be sent. */
export const REPORT_COLUMNS = [
  '(row)',
  '(stands at)',
  '(result)',
  '(result for)',
  '(because)',
  '(at fault)',
  '(to do)',
  '(look at)',
] as const;

const names: ReadonlySet<string> = new Set(REPORT_COLUMNS);

/** Whether a column of a file is one that a report put there. */
export function isReportColumn(header: string): boolean {
  return names.has(header.trim());
}
