// Approvals that nobody gave.
import type { ApprovalLine } from '@waymark/domain';
import { editApprovals, put, textIn } from '../doctoring.ts';
import { redial, type Doctored } from './case.ts';
import { lineAbout, newestOf, withoutLine } from './lines.ts';

export const APPROVALS: Doctored[] = [
  ['are missing', 'approvals-missing', (b) => void b.delete('approvals.ndjson')],
  ['are empty', 'approvals-missing', (b) => put(b, 'approvals.ndjson', '')],
  ['cannot be read', 'approvals-malformed', (b) => put(b, 'approvals.ndjson', `${textIn(b, 'approvals.ndjson')}{}\n`)],
  [
    'are for another snapshot',
    'approvals-missing',
    (b) => editApprovals(b, ([head]) => void Object.assign(head!, { sequence: 1 })),
  ],
  [
    'are not sorted',
    'approvals-malformed',
    (b) =>
      editApprovals(b, (lines) =>
        lines.flatMap((line): ApprovalLine[] => (line.kind === 'record' ? [line, line] : [line])),
      ),
  ],
  ['lack the new entry', 'approval-missing', (b, ids) => editApprovals(b, withoutLine(ids.added))],
  ['lack the changed entry', 'approval-missing', (b, ids) => editApprovals(b, withoutLine(ids.changed))],
  ['lack the retirement', 'approval-missing', (b, ids) => editApprovals(b, withoutLine(ids.retired))],
  ['lack the suspension', 'approval-missing', (b, ids) => editApprovals(b, withoutLine(ids.suspended))],
  [
    'lack one of two people',
    'too-few-approvals',
    (b, ids) => editApprovals(b, (lines) => void newestOf(lineAbout(lines, ids.added)).approvals.pop()),
  ],
  [
    'lack everybody',
    'too-few-approvals',
    (b, ids) => editApprovals(b, (lines) => void (newestOf(lineAbout(lines, ids.changed)).approvals = [])),
  ],
  [
    'count one person twice',
    'too-few-approvals',
    (b, ids) =>
      editApprovals(b, (lines) => {
        const { approvals } = newestOf(lineAbout(lines, ids.added));
        approvals[1] = approvals[0]!;
      }),
  ],
  [
    'are of another entry',
    'approval-of-other-content',
    (b, ids) =>
      editApprovals(
        b,
        (lines) =>
          void (newestOf(lineAbout(lines, ids.changed)).approvals = newestOf(lineAbout(lines, ids.added)).approvals),
      ),
  ],
  [
    'hold another document',
    'document-differs',
    (b, ids) => editApprovals(b, (lines) => redial(newestOf(lineAbout(lines, ids.changed)).doc)),
  ],
  [
    'hold a document that is none',
    'document-differs',
    (b, ids) => editApprovals(b, (lines) => void (newestOf(lineAbout(lines, ids.changed)).doc = {})),
  ],
  [
    'name another kind of proposal',
    'approval-missing',
    (b, ids) => editApprovals(b, (lines) => void (newestOf(lineAbout(lines, ids.added)).proposal.kind = 'update')),
  ],
  [
    'started from another revision',
    'approval-of-other-content',
    (b, ids) => editApprovals(b, (lines) => void (newestOf(lineAbout(lines, ids.changed)).proposal.baseRevision = 0)),
  ],
  [
    'are about another record',
    'approval-of-other-content',
    (b, ids) =>
      editApprovals(b, (lines) => void (newestOf(lineAbout(lines, ids.changed)).proposal.recordId = ids.kept)),
  ],
  [
    'skip a revision',
    'approval-missing',
    (b, ids) => editApprovals(b, (lines) => void lineAbout(lines, ids.changed).revisions.shift()),
  ],
  [
    'say that nobody has to approve',
    'policy-weaker',
    (b) =>
      editApprovals(b, (lines) => {
        for (const line of lines) if (line.kind === 'policy') line.policy.approvals.R3 = 1;
      }),
  ],
  [
    'lack the policy',
    'policy-unknown',
    (b) => editApprovals(b, (lines) => lines.filter(({ kind }) => kind !== 'policy')),
  ],
];
