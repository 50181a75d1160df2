import { refuse } from '@waymark/domain';
import { findRecord, findRevision, Problem, type Context } from '@waymark/store';
import { createProposal } from './create.ts';
import type { ProposalView } from './show.ts';

/**
 * Proposes to bring a record back to an earlier revision: a draft update under full review, never an undo by itself.
 * @throws Problem not-found, record-not-active
 */
export async function revertRecord(ctx: Context, recordId: string, toRevision: number): Promise<ProposalView> {
  const record = await findRecord(ctx.store.read, recordId);
  const earlier = await findRevision(ctx.store.read, recordId, toRevision);
  if (!record || !earlier) throw new Problem(refuse('not-found'));
  return createProposal(ctx, {
    kind: 'update',
    recordType: record.type,
    recordId,
    // A slug is never given back, so the present one stays.
    doc: {
      ...(earlier.doc as object),
      slug: record.slug,
      ...('slugHistory' in record.doc && record.doc.slugHistory ? { slugHistory: record.doc.slugHistory } : {}),
    },
    summary: `Back to revision ${toRevision}`,
    part: 'reverter',
  });
}
