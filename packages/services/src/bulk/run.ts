import { setImmediate as othersTurn } from 'node:timers/promises';
import {
  isPermitted,
  isProposing,
  refuse,
  type BatchRowResult,
  type BulkAction,
  type Refusal,
  type Retirement,
} from '@waymark/domain';
import {
  change,
  directoryVersion,
  findActor,
  Problem,
  repeatedResult,
  type Change,
  type Context,
  type Reader,
} from '@waymark/store';
import { openBatchIn, type BatchRowPlan } from '../batches/open.ts';
import { submitIn } from '../proposals/submit.ts';
import { recordManyIn } from '../verifications/recordMany.ts';
import { assignIn } from '../work/assign.ts';
import { digestOf, GATES, isToDo, planSteps, type BulkRequest, type PlannedStep, type Planner } from './plan.ts';
import { refusalOf } from './refusalOf.ts';

/** An action that somebody looked at before they said yes. */
export type BulkOrder = BulkRequest & {
  /** Of the preview that was seen. */
  digest: string;
  /** What the batch is called; needed where there is one. */
  title?: string | undefined;
};

export type BulkReceipt = {
  /** The batch of proposals; none where the action is work, or an event. */
  batchId: string | null;
  results: Partial<Record<BatchRowResult | 'done', number>>;
  /** Rows that were refused, where no batch lists them. */
  refused: { recordId: string; name: string; refusal: Refusal }[];
};

/**
 * Does to many entries what was previewed, in one change: proposals as one batch to review, or assigning, submitting and verifying row by row.
 * A row that is refused stops no other; each obeys every rule.
 * @throws Problem stale-content when the rows are not those that were seen, nothing-changed when none is left, input-invalid without a title,
 *   evidence-missing when a look names no source, and as `previewBulk`
 */
export async function runBulk(ctx: Context, order: BulkOrder): Promise<BulkReceipt> {
  const gate = GATES[order.action.action];
  const repeated = await repeatedResult<BulkReceipt>(ctx);
  if (repeated) return repeated;
  const actor = await findActor(ctx.store.read, ctx.actorId);
  if (!actor || !isPermitted(actor, gate)) throw new Problem(refuse(actor ? 'not-permitted' : 'not-signed-in'));
  // Judged before the transaction, which keeps other writers waiting.
  const planner = { read: ctx.store.read, actor, now: ctx.now().toISOString() };
  const planned = isProposing(order.action) ? await readPlan(planner, order) : undefined;
  return change(ctx, gate, async (door) => {
    const { tx, now } = door;
    const isSame = planned !== undefined && planned.directory === (await directoryVersion(tx));
    const plan = isSame ? planned : await readPlan({ read: tx, actor: door.actor, now }, order);
    if (plan.digest !== order.digest) throw new Problem(refuse('stale-content'));
    if (!plan.steps.some(({ row }) => isToDo(row))) throw new Problem(refuse('nothing-changed'));
    return carryOut(door, order, plan.steps);
  });
}

type Plan = { directory: string; digest: string; steps: PlannedStep[] };

async function readPlan(planner: Planner & { read: Reader }, order: BulkOrder): Promise<Plan> {
  const directory = await directoryVersion(planner.read);
  const digest = digestOf(order.action);
  const steps: PlannedStep[] = [];
  for await (const step of planSteps(planner, order)) {
    digest.add(step);
    steps.push(step);
  }
  return { directory, digest: digest.hex(), steps };
}

async function carryOut(door: Change, order: BulkOrder, steps: readonly PlannedStep[]): Promise<BulkReceipt> {
  const { action } = order;
  switch (action.action) {
    case 'submit':
      return eachRow(steps, ({ row, version }) => submitIn(door, row.proposalId ?? '', version));
    case 'assign':
      return eachRow(steps, ({ row }) => assignIn(door, row.recordId, action));
    case 'verify':
      return verify(door, order, action, steps);
    default:
      return propose(door, order, action.action === 'retire' ? action.retirement : undefined, steps);
  }
}

async function propose(
  door: Change,
  { selection, action, digest, title = '' }: BulkOrder,
  retirement: Retirement | undefined,
  steps: readonly PlannedStep[],
): Promise<BulkReceipt> {
  if (title.trim() === '')
    throw new Problem(refuse('input-invalid', undefined, [{ path: '/title', message: 'Say what this is for' }]));
  const selected = 'ids' in selection ? { ids: selection.ids.length } : selection;
  const { id, results } = await openBatchIn(door, {
    kind: 'bulk',
    title,
    request: { action, selection: selected, digest },
    rows: steps.map((step) => toBatchRow(step, title, retirement)),
    onRefusal: 'list',
  });
  return { batchId: id, results, refused: [] };
}

function toBatchRow(
  { row: { recordId, name, outcome, refusal }, doc, record }: PlannedStep,
  summary: string,
  retirement: Retirement | undefined,
): BatchRowPlan {
  if (outcome === 'unchanged' || outcome === 'refused' || !record) {
    const result = outcome === 'unchanged' ? 'unchanged' : 'refused';
    return { recordId, result, refusal: refusal ?? undefined, detail: { name } };
  }
  const kind = retirement === undefined ? 'update' : 'retire';
  return { recordId, detail: { name }, proposal: { kind, recordType: 'entry', recordId, doc, retirement, summary } };
}

async function verify(
  door: Change,
  { evidence }: BulkOrder,
  { method, performedAt, note }: Extract<BulkAction, { action: 'verify' }>,
  steps: readonly PlannedStep[],
): Promise<BulkReceipt> {
  const open = steps.filter(({ row }) => isToDo(row));
  const results = await recordManyIn(door, {
    // What it speaks for is what each event names.
    evidence: evidence ? [{ ...evidence, id: 'shared', supports: [] }] : [],
    method,
    performedAt,
    note,
    items: open.map(({ row: { recordId, revision, paths } }) => ({ recordId, revision, paths })),
  });
  const refusals = new Map(results.map((result) => [result.recordId, result.ok ? undefined : result.refusal]));
  return receiptOf(steps, ({ row }) => row.refusal ?? refusals.get(row.recordId));
}

/** Rows after which others get their turn, while the transaction stays open. */
const ROWS_AT_ONCE = 10;

/** @param act refuses before it writes anything */
async function eachRow(
  steps: readonly PlannedStep[],
  act: (step: PlannedStep) => Promise<unknown>,
): Promise<BulkReceipt> {
  const refusals = new Map<PlannedStep, Refusal>();
  for (const [i, step] of steps.entries()) {
    const refusal = isToDo(step.row) ? await refusalOf(act(step)) : step.row.refusal;
    if (refusal) refusals.set(step, refusal);
    if (i % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await othersTurn();
  }
  const receipt = receiptOf(steps, (step) => refusals.get(step));
  if (receipt.refused.length === steps.length) throw new Problem(refuse('nothing-changed'));
  return receipt;
}

function receiptOf(steps: readonly PlannedStep[], refusalFor: (step: PlannedStep) => Refusal | undefined): BulkReceipt {
  const refused = steps.flatMap((step) => {
    const refusal = refusalFor(step);
    return refusal ? [{ recordId: step.row.recordId, name: step.row.name, refusal }] : [];
  });
  return { batchId: null, results: { done: steps.length - refused.length, refused: refused.length }, refused };
}
