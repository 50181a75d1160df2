// Batches for tests, made as imports and bulk work make them: in one change, through the one way in.
import type { Entry } from '@waymark/domain';
import { change, findRecord, type Context } from '@waymark/store';
import {
  openBatchIn,
  type BatchPlan,
  type BatchReceipt,
  type BatchRowPlan,
} from '../../packages/services/src/batches/open.ts';
import { lookedAgain, type World } from './world.ts';

/** Makes a batch in the name of whoever the context says: of a partner's file, all or nothing, unless the plan says otherwise. */
export function openBatch(ctx: Context, plan: Partial<BatchPlan> & Pick<BatchPlan, 'rows'>): Promise<BatchReceipt> {
  const whole = { kind: 'import', title: 'Partner list', request: {}, onRefusal: 'throw', ...plan } as const;
  return change(ctx, 'proposal.write', (door) => openBatchIn(door, whole));
}

/** A row that changes an approved entry, with a source looked at for it. */
export async function changing(
  world: World,
  recordId: string,
  edit: (doc: Entry) => Entry,
): Promise<Extract<BatchRowPlan, { proposal: unknown }>> {
  const record = await findRecord(world.store.read, recordId);
  const doc = lookedAgain(world, edit(structuredClone(record?.doc as Entry)));
  return { proposal: { kind: 'update', recordType: 'entry', recordId, doc, part: 'importer' } };
}

/** The same with another name. */
export const renaming = (world: World, recordId: string, text: string) =>
  changing(world, recordId, (doc) => ({ ...doc, names: { en: { text } } }));
