// A log that says something else than it did.
import { editApprovals, editManifest, editRecord } from '../doctoring.ts';
import { flip, redial, type Doctored } from './case.ts';
import { lineAbout, newestOf } from './lines.ts';

export const LOG: Doctored[] = [
  [
    'an approval says another actor',
    'event-not-in-log',
    (b, ids) =>
      editApprovals(b, (lines) => void (newestOf(lineAbout(lines, ids.added)).approvals[0]!.leaf.actor = 'somebody')),
  ],
  [
    'an approval is proven by something else',
    'event-not-in-log',
    (b, ids) =>
      editApprovals(b, (lines) => {
        const event = newestOf(lineAbout(lines, ids.added)).approvals[0]!;
        event.proof[0] = flip(event.proof[0]!);
      }),
  ],
  [
    'an approval says another hash',
    'commitment-wrong',
    (b, ids) =>
      editApprovals(b, (lines) => {
        const { said } = newestOf(lineAbout(lines, ids.added)).approvals[0]!;
        said!.payload = { contentHash: '0'.repeat(64) };
      }),
  ],
  [
    'an application says other people',
    'commitment-wrong',
    (b, ids) =>
      editApprovals(
        b,
        (lines) =>
          void Object.assign(newestOf(lineAbout(lines, ids.added)).applied.said!.payload as object, {
            contributors: [],
          }),
      ),
  ],
  [
    'an application is another event',
    'approval-missing',
    (b, ids) =>
      editApprovals(b, (lines) => {
        const step = newestOf(lineAbout(lines, ids.added));
        step.applied = step.approvals[0]!;
      }),
  ],
  [
    'a suspension is another event',
    'approval-missing',
    (b, ids) =>
      editApprovals(b, (lines) => {
        for (const line of lines)
          if (line.kind === 'suspension') line.event = newestOf(lineAbout(lines, ids.added)).applied;
      }),
  ],
  ['it is shorter than before', 'log-back', (b) => editManifest(b, (m) => (m.audit.size = 3))],
  [
    'nothing proves that it only grew',
    'log-rewritten',
    (b) => editApprovals(b, ([head]) => void Object.assign(head!, { grown: [] })),
  ],
  [
    'the proof that it grew is broken',
    'log-rewritten',
    (b) =>
      editApprovals(b, ([head]) => {
        if (head?.kind === 'waymark-approvals') for (const growth of head.grown) growth.proof = growth.proof.map(flip);
      }),
  ],
  ['it has another root', 'event-not-in-log', (b) => editManifest(b, (m) => (m.audit.root = flip(m.audit.root)))],
  [
    'it does not hold the content',
    'content-not-in-log',
    (b) => editManifest(b, (m) => (m.auditProof.proof = m.auditProof.proof.map(flip))),
  ],
  ['it holds another content', 'content-not-in-log', (b) => editRecord(b, 'added', (r) => redial(r))],
];
