import { inclusionProof, type ProvenEvent } from '@waymark/domain';
import { onAuditTree, type openedEvents, type Reader } from '@waymark/store';

export type OpenedEvent = Awaited<ReturnType<typeof openedEvents>>[number];

/**
 * An event with the proof that the log of `size` events holds it.
 * @param open gives its payload too, and what opens the commitment; an erased payload stays closed
 */
export async function provenEvent(
  read: Reader,
  { leaf, payload, salt }: OpenedEvent,
  size: number,
  open: 'open' | 'closed',
): Promise<ProvenEvent> {
  const path = await onAuditTree(read, (subtree) => inclusionProof(subtree, leaf.seq, size));
  return {
    leaf,
    ...(open === 'open' && salt !== null ? { said: { payload, salt } } : {}),
    proof: path.map((hash) => Buffer.from(hash).toString('hex')),
  };
}
