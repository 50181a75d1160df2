import { createHash } from 'node:crypto';
import { setImmediate as othersTurn } from 'node:timers/promises';
import {
  canonicalJson,
  refuse,
  type Actor,
  type BulkAction,
  type Change,
  type DirectoryRecord,
  type Permission,
  type RecordState,
  type Refusal,
  type SharedEvidence,
} from '@waymark/domain';
import { listedName, type Reader } from '@waymark/store';
import { outlineOf } from '../batches/rows.ts';
import { planAssignment, refuseUnknownAssignee } from './planAssignment.ts';
import { planLook } from './planLook.ts';
import { planProposal, refuseUnfitRetirement } from './planProposal.ts';
import { planSubmissions } from './planSubmissions.ts';
import { countSelected, eachSelected, type Selection } from './select.ts';

/** What is asked for. */
export type BulkRequest = {
  selection: Selection;
  action: BulkAction;
  /** One source for all of it. */
  evidence?: SharedEvidence | undefined;
};

/**
 * What becomes of a row: `review` and `draft` are proposals, of which a draft waits for what its reason says; `done` holds at once;
 * `unchanged` is as it should be already; of `refused` the reason says why nothing is done.
 */
export const BULK_OUTCOMES = ['review', 'draft', 'done', 'unchanged', 'refused'] as const;
export type BulkOutcome = (typeof BULK_OUTCOMES)[number];

/** Whether anything is left to do on a row. */
export const isToDo = ({ outcome }: { outcome: BulkOutcome }): boolean =>
  outcome !== 'unchanged' && outcome !== 'refused';

/** One entry, or one draft of it, with what the action would do. */
export type BulkRow = {
  recordId: string;
  name: string;
  slug: string | null;
  state: RecordState | null;
  revision: number;
  outcome: BulkOutcome;
  refusal: Refusal | null;
  changes: Change[];
  /** What the paths speak of: the channels with their types. */
  outline: unknown;
  /** Facts that a look confirms. */
  paths: string[];
  /** The draft that is submitted. */
  proposalId: string | null;
};

/** A row, and what is done with it, should it be done. */
export type Step = {
  row: Pick<BulkRow, 'outcome' | 'refusal'> & Partial<Pick<BulkRow, 'changes' | 'paths' | 'proposalId'>>;
  /** The proposed document. */
  doc?: unknown;
  /** The version of the draft that is submitted. */
  version?: number;
};

/** What every planner of a row is given. */
export type Planner = { read: Reader; actor: Actor; now: string };

export type PlannedStep = Step & { row: BulkRow; record: DirectoryRecord<'entry'> | undefined };

/** The permission that each action needs. */
export const GATES: Record<BulkAction['action'], Permission> = {
  set: 'proposal.write',
  'set-on-channels': 'proposal.write',
  'add-language': 'proposal.write',
  'add-network': 'proposal.write',
  retire: 'proposal.write',
  submit: 'proposal.write',
  assign: 'work.assign',
  verify: 'verification.write',
};

/** Rows after which others get their turn. */
const ROWS_AT_ONCE = 10;

/**
 * What the action would do to each entry that is meant, one after the other. Nothing is written.
 * @throws Problem selection-too-large, and what makes the action impossible for every one: successor-required,
 *   successor-not-active, input-invalid
 */
export async function* planSteps(
  planner: Planner,
  { selection, action, evidence }: BulkRequest,
): AsyncGenerator<PlannedStep> {
  await countSelected(planner.read, selection);
  if (action.action === 'retire') await refuseUnfitRetirement(planner.read, action.retirement);
  if (action.action === 'assign') await refuseUnknownAssignee(planner.read, action);
  let rows = 0;
  for await (const record of eachSelected(planner.read, selection)) {
    if ('missing' in record) yield missingRow(record.missing);
    else
      for (const step of await stepsOf(planner, action, evidence, record))
        yield { ...step, record, row: toRow(record, step.row) };
    rows += 1;
    if (rows % ROWS_AT_ONCE === 0) await othersTurn();
  }
}

async function stepsOf(
  planner: Planner,
  action: BulkAction,
  evidence: SharedEvidence | undefined,
  record: DirectoryRecord<'entry'>,
): Promise<Step[]> {
  switch (action.action) {
    case 'submit':
      return planSubmissions(planner, record);
    case 'assign':
      return [await planAssignment(planner, action, record)];
    case 'verify':
      return [await planLook(planner, action, record)];
    default:
      return [await planProposal(planner, action, evidence, record)];
  }
}

function toRow({ id, slug, state, revision, doc }: DirectoryRecord<'entry'>, row: Step['row']): BulkRow {
  return {
    recordId: id,
    name: listedName('entry', doc),
    slug,
    state,
    revision,
    changes: [],
    outline: outlineOf([doc]),
    paths: [],
    proposalId: null,
    ...row,
    outcome: row.refusal?.code === 'nothing-changed' ? 'unchanged' : row.outcome,
  };
}

function missingRow(recordId: string): PlannedStep {
  const row: BulkRow = {
    recordId,
    name: recordId,
    slug: null,
    state: null,
    revision: 0,
    outcome: 'refused',
    refusal: refuse('not-found'),
    changes: [],
    outline: {},
    paths: [],
    proposalId: null,
  };
  return { row, record: undefined };
}

/**
 * Digest of what a person saw before they said yes: each row with the revision it started from, what changes, and why not. The shared source is
 * no part of it: it may be named after the rows were looked at.
 */
export function digestOf(action: BulkAction) {
  const hash = createHash('sha256').update(canonicalJson(action));
  return {
    add({ row, version }: PlannedStep) {
      const { recordId, revision, refusal, changes, paths, proposalId } = row;
      const why = isToDo(row) ? null : (refusal?.code ?? null);
      hash.update(canonicalJson([recordId, revision, why, changes, paths, proposalId, version ?? 0]));
    },
    hex: () => hash.digest('hex'),
  };
}
