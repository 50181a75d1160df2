import { pageBatches, type Context } from '@waymark/store';
import { toListed, type BatchListed } from './show.ts';

/** One page of batches, the newest first, each with how far its proposals are. */
export async function listBatches(
  { store: { read } }: Context,
  page: { limit: number; offset: number },
): Promise<{ data: BatchListed[]; total: number }> {
  const { rows, total } = await pageBatches(read, page);
  return { data: await Promise.all(rows.map((row) => toListed(read, row))), total };
}
