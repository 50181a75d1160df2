import { ApprovalLine, ApprovalsHead, type PolicyLine, type RecordLine, type SuspensionLine } from './approvals.ts';
import { Refused } from './refusal.ts';

/** The lines about one record: what it went through, and that it was taken out of sight. */
export type LinesAbout = { record?: RecordLine; suspension?: SuspensionLine };

export type Approvals = {
  head: ApprovalsHead;
  policies: ReadonlyMap<number, PolicyLine['policy']>;
  /** The lines about a record. Ids are asked for in ascending order: nothing is kept. @throws Refused */
  take(id: string): Promise<LinesAbout>;
};

/**
 * Opens `approvals.ndjson`: its head and policies, then lines about records as they are asked for.
 * @throws Refused `approvals-missing`, `approvals-malformed`
 */
export async function openApprovals(lines: AsyncIterable<string>): Promise<Approvals> {
  const iterator = lines[Symbol.asyncIterator]();
  let at = 0;
  const next = async (): Promise<ApprovalLine | undefined> => {
    const step = await iterator.next();
    at += 1;
    return step.done ? undefined : parseLine(step.value, at);
  };
  const head = await next();
  if (head?.kind !== 'waymark-approvals')
    throw new Refused('approvals-missing', 'approvals.ndjson is empty or does not say which snapshot it is for');
  const policies = new Map<number, PolicyLine['policy']>();
  let waiting = await next();
  for (; waiting?.kind === 'policy'; waiting = await next()) policies.set(waiting.version, waiting.policy);
  return {
    head,
    policies,
    async take(id) {
      const found: LinesAbout = {};
      while (waiting) {
        if (waiting.kind !== 'record' && waiting.kind !== 'suspension')
          throw new Refused('approvals-malformed', `Line ${at} is out of place`);
        if (waiting.id > id) break;
        const line = waiting;
        if (line.id === id) Object.assign(found, { [line.kind]: line });
        waiting = await next();
        if (waiting && 'id' in waiting && !isInTurn(line, waiting))
          throw new Refused('approvals-malformed', `Line ${at}: ${waiting.id} does not come after ${line.id}`);
      }
      return found;
    },
  };
}

/** By id, and of one record its revisions before its suspension. */
function isInTurn(line: RecordLine | SuspensionLine, next: RecordLine | SuspensionLine): boolean {
  return next.id > line.id || (next.id === line.id && line.kind === 'record' && next.kind === 'suspension');
}

function parseLine(line: string, at: number): ApprovalLine {
  try {
    const parsed = ApprovalLine.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new Error(issue ? `${issue.path.map(String).join('/')}: ${issue.message}` : 'malformed');
  } catch (error) {
    throw new Refused('approvals-malformed', `Line ${at}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
