/** What of a clipboard is a table. */
export type Clip = { html: string; text: string };

/** Cells that spreadsheets put on the clipboard stand in a table of HTML; a page that was copied may have none. */
const TABLE = /<table[\s>]/i;
/** Cells stand in several columns, or in several rows. */
const CELLS = /[\t\n]./;

/**
 * The table on a clipboard as a file: HTML keeps which cell is which where a cell holds line breaks; else the text with tabs.
 * @returns nothing where the clipboard holds no table
 */
export function pastedTable({ html, text }: Clip): { extension: 'html' | 'tsv'; bytes: Blob } | undefined {
  if (TABLE.test(html)) return { extension: 'html', bytes: new Blob([html]) };
  return CELLS.test(text.trim()) ? { extension: 'tsv', bytes: new Blob([text]) } : undefined;
}
