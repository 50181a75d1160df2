import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Evidence, REFUSALS, type OrganisationType } from '@waymark/domain';
import { applyMapping, COMMAND_LINE_LIMITS, reportTable, type RowOutcome, type Source } from '@waymark/import';
import {
  awaitPreview,
  commitImport,
  discardImport,
  mapImport,
  takeLargeFiles,
  uploadImport,
  type Attestation,
  type ImportView,
  type ImportPreview as Preview,
} from '@waymark/services';
import { countBatchRows, Problem, recordReferences, type Context } from '@waymark/store';
import { requireYes } from '../ask.ts';
import { signedIn } from '../signedIn.ts';
import { printable } from '../signing/printReview.ts';
import { keptProfile, readProfile, type ColumnsRead, type ProfileGiven } from './mapping.ts';
import { printLines, printResult } from './printResult.ts';
import { writeReport } from './report.ts';

export type CommitOptions = {
  data: string;
  profile?: string;
  sheet?: string;
  delimiter?: string;
  report?: string;
  json: boolean;
  as?: string;
  title?: string;
  evidenceKind?: string;
  evidenceTitle?: string;
  evidenceUrl?: string;
  evidencePublisher?: string;
  organisationType?: OrganisationType;
  yes: boolean;
};

/**
 * Makes proposals of a file, as the admin does: the same rules, the same lines in the log, one batch for others to review. Nothing is left
 * of it when it is refused, or when the person at the console does not say yes.
 * @returns whether rows are left that were rejected or wait for a decision
 * @throws Error saying what is missing or wrong
 */
export async function commitFile(file: string, options: CommitOptions): Promise<boolean> {
  const evidence = attestationOf(options);
  const { as, data, sheet, delimiter } = options;
  if (as === undefined) throw new Error('Say with --as who you are');
  if ((await stat(file)).size > COMMAND_LINE_LIMITS.bytes)
    throw new Error(`${file} is larger than ${COMMAND_LINE_LIMITS.bytes / 1_000_000} MB`);
  const bytes = await readFile(file);
  const reading = { ...(sheet === undefined ? {} : { sheet }), ...(delimiter === undefined ? {} : { delimiter }) };
  return inSentences(() =>
    signedIn(data, as, async (ctx) => {
      takeLargeFiles(ctx.store);
      const uploaded = await uploadImport(ctx, { name: basename(file), bytes, reading });
      try {
        return await commitUpload(ctx, uploaded, { file, evidence, options });
      } catch (error) {
        await discardImport(ctx, uploaded.id);
        throw error;
      }
    }),
  );
}

async function commitUpload(
  ctx: Context,
  uploaded: ImportView,
  { file, evidence, options }: { file: string; evidence: Attestation; options: CommitOptions },
): Promise<boolean> {
  const { id } = uploaded;
  const { columns, view } = await mapped(ctx, uploaded, options.profile);
  const preview = await awaitPreview(ctx, id);
  const nameOf = await namesIn(ctx, preview);
  const { report, json, title, organisationType } = options;
  if (report !== undefined) await writeReport(report, reportTable(view.header, preview.rows, nameOf));
  const outcomes = preview.rows.map(({ outcome }) => outcome);
  const result = { file, source: sourceOf(view, preview), columns, outcomes, from: options.data, knowsRevisions: true };
  if (json) printLines(result, false);
  else printResult(result, nameOf);
  if (preview.toPropose === 0) throw new Error('Nothing is to be proposed; nothing was kept');
  await requireYes(`Propose what ${preview.toPropose} rows say, as one batch?`, options.yes);
  const { batchId } = await commitImport(ctx, id, { digest: preview.digest, title, evidence, organisationType });
  const { results } = await countBatchRows(ctx.store.read, batchId ?? '');
  if (json) console.log(JSON.stringify({ batch: batchId, results }));
  else {
    for (const [became, count] of Object.entries(results)) console.log(`  ${String(count).padStart(6)} ${became}`);
    console.log(`Batch ${batchId}: others review it in the admin, at /batches/${batchId}`);
  }
  return preview.counts.reject > 0 || preview.undecided > 0;
}

/** Says what the columns mean: by a profile in a file, by one that the installation keeps, or as they were guessed. */
async function mapped(
  ctx: Context,
  view: ImportView,
  profile: string | undefined,
): Promise<{ columns: ColumnsRead; view: ImportView }> {
  const { header, version } = view;
  if (profile === undefined) return { columns: { mapping: view.mapping, guesses: view.guess }, view };
  const isFile = existsSync(profile);
  const given: ProfileGiven = isFile ? await readProfile(profile) : await keptProfile(ctx.store.read, profile);
  const { mapping, unknown, missing } = applyMapping(given.mapping, header);
  const edit = given.id === undefined ? { mapping } : { profileId: given.id };
  const saved = await mapImport(ctx, view.id, edit, version);
  return { columns: { mapping, profile: { name: given.name, unknown, missing } }, view: saved };
}

/** The file again as it is printed. */
function sourceOf({ reading, header }: ImportView, { rows }: Preview): Source {
  if (!reading) throw new Error('The file cannot be read');
  return { reading, header, rows: rows.map(({ outcome: { row, line }, cells }) => ({ row, line, cells })) };
}

async function namesIn({ store }: Context, { rows }: Preview): Promise<(id: string) => string> {
  const ids = rows.flatMap(({ outcome }) => [...outcome.candidates.map(({ id }) => id), ...subjectOf(outcome)]);
  const known = await recordReferences(store.read, ids);
  return (id) => {
    const found = known[id];
    return found ? `${found.slug} "${found.name}"` : id.replace(/^row:/, 'row ');
  };
}

const subjectOf = (outcome: RowOutcome): string[] =>
  'of' in outcome && typeof outcome.of === 'string' ? [outcome.of] : [];

const Attested = Evidence.pick({ kind: true, title: true, url: true, publisher: true });

/** Who says what the file says. @throws Error naming the option that is missing or wrong */
function attestationOf({ evidenceKind, evidenceTitle, evidenceUrl, evidencePublisher }: CommitOptions): Attestation {
  if (evidenceKind === undefined || evidenceTitle === undefined)
    throw new Error('Say with --evidence-kind and --evidence-title who says what the file says');
  const given = { kind: evidenceKind, title: evidenceTitle, url: evidenceUrl, publisher: evidencePublisher };
  const result = Attested.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`--evidence-${String(issue?.path[0])}: ${issue?.message}`);
}

/** A refusal says at a console what it is and what to do. */
async function inSentences<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, detail, errors = [] } = error.refusal;
    const sentences = [REFUSALS[code].title, ...(detail === undefined ? [] : [detail])];
    const places = errors.map(({ path, message }) => `\n  ${path}: ${message}`).join('');
    throw new Error(`${printable(`${sentences.join('. ')}.`)}${printable(places)} Nothing was proposed.`, {
      cause: error,
    });
  }
}
