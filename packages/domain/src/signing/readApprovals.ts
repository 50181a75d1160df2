import { ApprovalLine, ApprovalsHead, type PolicyLine, type RecordLine, type SuspensionLine } from './approvals.ts';
import { Refused } from './refusal.ts';

type AboutRecord = RecordLine | SuspensionLine;

export type Approvals = {
  head: ApprovalsHead;
  policies: ReadonlyMap<number, PolicyLine['policy']>;
  /** The line about a record. Ids are asked for in ascending order: nothing is kept. @throws Refused */
  take(id: string): Promise<AboutRecord | undefined>;
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
      while (waiting) {
        if (waiting.kind !== 'record' && waiting.kind !== 'suspension')
          throw new Refused('approvals-malformed', `Line ${at} is out of place`);
        if (waiting.id > id) return undefined;
        const found = waiting;
        waiting = await next();
        if (waiting && 'id' in waiting && waiting.id <= found.id)
          throw new Refused('approvals-malformed', `Line ${at}: ${waiting.id} does not come after ${found.id}`);
        if (found.id === id) return found;
      }
      return undefined;
    },
  };
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
