import { factsOnList, refuse, type BulkAction, type DirectoryRecord } from '@waymark/domain';
import { refuseUnfit } from '../verifications/record.ts';
import type { Planner, Step } from './plan.ts';
import { refusalOf } from './refusalOf.ts';

type Verify = Extract<BulkAction, { action: 'verify' }>;

/** What one source says of an entry, under every rule of a single look. */
export async function planLook(
  { read, now }: Planner,
  { facts, network, method, performedAt }: Verify,
  record: DirectoryRecord<'entry'>,
): Promise<Step> {
  const paths = factsOnList(record.doc, facts, network);
  if (paths.length === 0)
    return { row: { outcome: 'refused', refusal: refuse('fact-unknown', 'Such a list says nothing of this entry') } };
  const look = { revision: record.revision, paths, method, outcome: 'confirmed' as const, performedAt };
  const refusal = await refusalOf(refuseUnfit(read, record, look, now));
  return { row: { outcome: refusal ? 'refused' : 'done', refusal: refusal ?? null, paths } };
}
