import { refuse, type BulkAction, type DirectoryRecord, type Refusal } from '@waymark/domain';
import { plannedCheck, type Reader } from '@waymark/store';
import { requireChecker } from '../work/assign.ts';
import type { Planner, Step } from './plan.ts';

type Assign = Extract<BulkAction, { action: 'assign' }>;

/** The next check of an entry given to a person, or to nobody. */
export async function planAssignment(
  { read }: Planner,
  { assignee, plannedFor = null }: Assign,
  { id, state }: DirectoryRecord<'entry'>,
): Promise<Step> {
  if (state === 'retired') return refused(refuse('record-not-active'));
  const now = await plannedCheck(read, id);
  const isSame = (now?.assigneeId ?? null) === assignee && (now?.plannedFor ?? null) === plannedFor;
  return isSame ? refused(refuse('nothing-changed')) : { row: { outcome: 'done', refusal: null } };
}

const refused = (refusal: Refusal): Step => ({ row: { outcome: 'refused', refusal } });

/** @throws Problem input-invalid when nobody of that id may check entries */
export async function refuseUnknownAssignee(read: Reader, { assignee }: Assign): Promise<void> {
  if (assignee !== null) await requireChecker(read, assignee, '/action/assignee');
}
