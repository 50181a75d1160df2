import { importRefusal, refuse } from '@waymark/domain';
import type { Decision } from '@waymark/import';
import {
  change,
  deleteRowDecision,
  findImport,
  orThrow,
  Problem,
  putRowDecision,
  recordReferences,
  type Context,
  type Reader,
} from '@waymark/store';
import { showImport, type ImportView } from './show.ts';

/** What a person says of a row; null takes back what was said. */
export type RowDecision = { fingerprint: string; decision: Decision | null };

/**
 * Says what rows mean, by what they say and not by where they stand: it is remembered for every file that says the same. The preview has to
 * be made anew.
 * @throws Problem not-found, import-closed, unknown-reference
 */
export async function decideRows(ctx: Context, id: string, decisions: readonly RowDecision[]): Promise<ImportView> {
  await change(ctx, 'proposal.write', async ({ tx, actor, now, audit }) => {
    const record = await findImport(tx, id);
    if (!record) throw new Problem(refuse('not-found'));
    orThrow(importRefusal(record, actor));
    await refuseUnknown(tx, decisions);
    for (const { fingerprint, decision } of decisions) {
      if (decision === null) await deleteRowDecision(tx, fingerprint);
      else await putRowDecision(tx, { fingerprint, decision, decidedBy: actor.id, decidedAt: now });
    }
    await audit('import.decide', `import:${id}`, { decisions });
    return { id };
  });
  return showImport(ctx, id);
}

/** A row can only be about an entry that is there. */
async function refuseUnknown(read: Reader, decisions: readonly RowDecision[]): Promise<void> {
  const named = decisions.map(({ decision }) => (decision?.action === 'entry' ? decision.id : undefined));
  const known = await recordReferences(
    read,
    named.filter((id) => id !== undefined),
  );
  const errors = named.flatMap((id, at) =>
    id === undefined || known[id]?.type === 'entry'
      ? []
      : [{ path: `/decisions/${at}/decision/id`, message: 'There is no such entry' }],
  );
  if (errors.length > 0) throw new Problem(refuse('unknown-reference', undefined, errors));
}
