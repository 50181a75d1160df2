import { z } from 'zod';
import { refuse, type Refusal } from './refusal.ts';
import { isPermitted, type Actor } from './role.ts';

/** A file on its way into the directory: worked on, then made into a batch or thrown away. Both end it. */
export const ImportState = z.enum(['open', 'committed', 'discarded']).meta({ id: 'ImportState' });
export type ImportState = z.infer<typeof ImportState>;

/** How to read a file, where that is not found out or was found out wrongly. */
export const ImportReading = z
  .strictObject({
    sheet: z.string().min(1).max(100).optional().meta({ description: 'Of a workbook: the sheet to read' }),
    delimiter: z.string().length(1).optional().meta({ description: 'Of delimited text: the sign between two cells' }),
  })
  .meta({ id: 'ImportReading' });
export type ImportReading = z.infer<typeof ImportReading>;

/** Who may work on an import, and when: any curator while it is open. */
export function importRefusal({ state }: { state: ImportState }, actor: Actor): Refusal | undefined {
  if (!isPermitted(actor, 'proposal.write')) return refuse('not-permitted');
  return state === 'open' ? undefined : refuse('import-closed');
}
