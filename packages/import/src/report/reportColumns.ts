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

/** The columns of a fix list behind those of the table of entries: what is wrong with an entry, and since when. */
export const FIX_COLUMNS = ['(wrong)', '(since)'] as const;

const names: ReadonlySet<string> = new Set([...REPORT_COLUMNS, ...FIX_COLUMNS]);

/** Whether a column of a file is one that a report or a fix list put there. */
export function isReportColumn(header: string): boolean {
  return names.has(header.trim());
}
