import { diffDocuments, refuse, type Change, type RecordState } from '@waymark/domain';
import {
  findRevision,
  listRevisions as revisionsOf,
  Problem,
  proposalsByIds,
  reviewsOf,
  userNames,
  type Context,
} from '@waymark/store';

export type RevisionRow = {
  revision: number;
  state: RecordState;
  at: string;
  contentHash: string;
  proposalId: string;
  summary: string;
  author: { id: string; name: string };
  approvers: { id: string; name: string }[];
};

/** Every approved revision of a record, newest first, with who proposed and who approved it. */
export async function listRevisions(ctx: Context, recordId: string): Promise<RevisionRow[]> {
  const { read } = ctx.store;
  const revisions = await revisionsOf(read, recordId);
  const proposals = new Map(
    (
      await proposalsByIds(
        read,
        revisions.map((r) => r.proposalId),
      )
    ).map((p) => [p.id, p]),
  );
  const names = await userNames(
    read,
    [...proposals.values()].map((p) => p.authorId),
  );
  const rows: RevisionRow[] = [];
  for (const { revision, state, at, contentHash, proposalId } of revisions) {
    const proposal = proposals.get(proposalId);
    const authorId = proposal?.authorId ?? '';
    const approvals = (await reviewsOf(read, proposalId)).filter(
      (r) => r.decision === 'approve' && r.voidedAt === null,
    );
    rows.push({
      revision,
      state,
      at,
      contentHash,
      proposalId,
      summary: proposal?.summary ?? '',
      author: { id: authorId, name: names.get(authorId) ?? authorId },
      approvers: approvals.map((r) => ({ id: r.reviewerId, name: r.reviewerName })),
    });
  }
  return rows;
}

/** Differences between two revisions of a record. @throws Problem not-found */
export async function compareRevisions(ctx: Context, recordId: string, from: number, to: number): Promise<Change[]> {
  const [before, after] = [
    await findRevision(ctx.store.read, recordId, from),
    await findRevision(ctx.store.read, recordId, to),
  ];
  if (!before || !after) throw new Problem(refuse('not-found'));
  return diffDocuments(before.doc, after.doc);
}
