import { pageImports, type Context } from '@waymark/store';
import { toImportRow, type ImportRow } from './show.ts';

/** A page of imports, those that somebody worked on last first. */
export async function listImports(
  ctx: Context,
  page: { limit: number; offset: number },
): Promise<{ data: ImportRow[]; total: number }> {
  const { rows, total } = await pageImports(ctx.store.read, page);
  return { data: rows.map(toImportRow), total };
}
