import type { ApprovalLine, RecordLine } from '@waymark/domain';

const fail = (id: string): never => {
  throw new Error(`No line is about ${id}`);
};

/** The line of `approvals.ndjson` about what a record went through. */
export const lineAbout = (lines: ApprovalLine[], id: string) =>
  lines.find((line): line is RecordLine => line.kind === 'record' && line.id === id) ?? fail(id);

export const newestOf = (line: RecordLine) => line.revisions.at(-1) ?? fail(line.id);

export const withoutLine = (id: string) => (lines: ApprovalLine[]) =>
  lines.filter((line) => !('id' in line) || line.id !== id);
