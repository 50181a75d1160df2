import { importRefusal, refuse } from '@waymark/domain';
import {
  actorsOn,
  change,
  findImport,
  forgetContent,
  olderLists,
  orThrow,
  Problem,
  putRowDecision,
  revisionsOf,
  rowAnswers,
  rowDecisions,
  updateImport,
  usedSlugs,
  type Change,
  type Context,
  type ImportRecord,
  type Reader,
} from '@waymark/store';
import { openBatchIn, type BatchRowPlan } from '../batches/open.ts';
import { forget } from '../corrections/retention.ts';
import { forgetLooks } from './look.ts';
import { planCommit, type CommitPlan, type Terms } from './plan.ts';
import { forgetPreviews, requestPreview, type Preview } from './previews.ts';
import { settledDecisions } from './settledDecisions.ts';
import { showImport, type ImportView } from './show.ts';

export type Commit = Terms & {
  /** Of the preview that was looked at: what is committed is what was seen. */
  digest: string;
  /** What the batch is called; the name of the file without one. */
  title?: string | undefined;
};

/**
 * Makes of an import one batch of proposals: one for each entry that is new or changed, and for each organisation that is new; all of it, or
 * nothing. Whoever brought the file, named its columns or decided on its rows is contributor besides who commits. Committed again, it
 * answers with the same batch.
 * @throws Problem not-found, import-closed, stale-content when another preview was seen or an entry moved since, input-invalid
 */
export async function commitImport(ctx: Context, id: string, commit: Commit): Promise<ImportView> {
  const record = await findImport(ctx.store.read, id);
  if (!record) throw new Problem(refuse('not-found'));
  if (record.state === 'open') await commitOnce(ctx, record, commit);
  else if (record.state === 'discarded') throw new Problem(refuse('import-closed'));
  return showImport(ctx, id);
}

async function commitOnce(ctx: Context, record: ImportRecord, commit: Commit): Promise<void> {
  const preview = await (await requestPreview(ctx.store, record)).result;
  if (preview.digest !== commit.digest) throw new Problem(refuse('stale-content'));
  const plan = await planCommit(ctx, record, preview, commit);
  const forgotten = await writeBatch(ctx, record, { preview, plan }, commit).catch(async (error: unknown) => {
    // Somebody who committed at the same moment was first: this is the same batch.
    const now = await findImport(ctx.store.read, record.id);
    if (error instanceof Problem && error.refusal.code === 'import-closed' && now?.state === 'committed') return [];
    throw error;
  });
  forgetPreviews(ctx.store, [record.id, ...forgotten]);
  forgetLooks(ctx.store, forgotten);
  if (forgotten.length > 0) await forget(ctx.store);
}

/** @returns imports whose bytes are forgotten with it: older lists of the same partner */
function writeBatch(
  ctx: Context,
  record: ImportRecord,
  { preview, plan }: { preview: Preview; plan: CommitPlan },
  commit: Commit,
): Promise<string[]> {
  const { id, sha256, version, profileId } = record;
  return change(ctx, 'proposal.write', async (door) => {
    const { tx, actor, now, audit } = door;
    const current = await findImport(tx, id);
    orThrow(current === undefined ? refuse('not-found') : importRefusal(current, actor));
    if (current?.version !== version) throw new Problem(refuse('stale-content'));
    await refuseMoved(tx, plan);
    const { digest, title, evidence, organisationType, retire } = commit;
    const batch = await openBatchIn(door, {
      kind: 'import',
      title: title ?? record.name,
      request: { fileSha256: sha256, name: record.name, import: id, digest, evidence, organisationType, retire },
      rows: withContributors(tx, record, plan, preview),
      onRefusal: 'throw',
    });
    const ended = { state: 'committed', batchId: batch.id, closedAt: now, updatedAt: now } as const;
    if (!(await updateImport(tx, id, version, ended))) throw new Problem(refuse('stale-content'));
    await audit('import.commit', `import:${id}`, { batch: batch.id, sha256, digest, results: batch.results });
    await rememberMade(door, id, { preview, batchId: batch.id });
    const older = profileId === null ? [] : await forgetContent(tx, await olderLists(tx, profileId, id));
    for (const one of older) await audit('import.forget', `import:${one}`, { newer: id });
    return older;
  });
}

/** Rows that people said are new mean from now on what was made of them. */
async function rememberMade(
  { tx, now, audit }: Change,
  id: string,
  { preview, batchId }: { preview: Preview; batchId: string },
): Promise<void> {
  const outcomes = preview.rows
    .map(({ outcome }) => outcome)
    .filter(({ action, overruled }) => action === 'new' && overruled);
  if (outcomes.length === 0) return;
  const decided = await rowDecisions(
    tx,
    outcomes.map(({ fingerprint }) => fingerprint),
  );
  const settled = settledDecisions(outcomes, await rowAnswers(tx, batchId), decided);
  if (settled.length === 0) return;
  for (const decision of settled) await putRowDecision(tx, { ...decision, decidedAt: now });
  await audit('import.decide', `import:${id}`, {
    decisions: settled.map(({ fingerprint, decision }) => ({ fingerprint, decision })),
  });
}

/** All or nothing: what was seen is no longer what would be done. */
async function refuseMoved(tx: Reader, { bases, slugs }: CommitPlan): Promise<void> {
  const revisions = await revisionsOf(tx, [...bases.keys()]);
  const moved = [...bases].filter(([id, revision]) => revisions.get(id) !== revision);
  const taken = [
    ...(await usedSlugs(tx, 'entry', slugs.entry)),
    ...(await usedSlugs(tx, 'organisation', slugs.organisation)),
  ];
  if (moved.length > 0 || taken.length > 0) throw new Problem(refuse('stale-content'));
}

/** Whoever had a hand in what a row says must not approve it (DESIGN §4.2): who worked on the whole file, and who decided on the row. */
async function* withContributors(
  tx: Reader,
  { id, authorId }: ImportRecord,
  { rows }: CommitPlan,
  preview: Preview,
): AsyncGenerator<BatchRowPlan> {
  const onFile = await actorsOn(tx, `import:${id}`, ['import.upload', 'import.map', 'import.save-profile']);
  const decided = await rowDecisions(
    tx,
    preview.rows.map(({ outcome }) => outcome.fingerprint),
  );
  const deciderOf = new Map(decided.map(({ fingerprint, decidedBy }) => [fingerprint, decidedBy]));
  for (const { plan, fingerprints } of rows) {
    const deciders = fingerprints.flatMap((fingerprint) => deciderOf.get(fingerprint) ?? []);
    yield 'proposal' in plan ? { ...plan, contributors: [...new Set([authorId, ...onFile, ...deciders])] } : plan;
  }
}
