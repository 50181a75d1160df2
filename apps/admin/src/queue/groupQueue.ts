import type { QueueItem, QueueKind } from '../contract.ts';

/** Order of the groups: what endangers people, then what holds up others, then one's own. */
const ORDER: readonly QueueKind[] = [
  'suspension',
  'alarm',
  'changes-requested',
  'review',
  'check',
  'admin-request',
  'snapshot',
  'draft',
];

export type QueueGroup = { key: 'urgent' | QueueKind; items: QueueItem[] };

/**
 * Groups the queue by why an item is mine. Urgent items stand first, whatever their kind; within a group the order
 * of the server stays.
 */
export function groupQueue(items: readonly QueueItem[]): QueueGroup[] {
  const urgent = items.filter((item) => item.urgent);
  const groups: QueueGroup[] = ORDER.map((kind) => ({
    key: kind,
    items: items.filter((item) => item.kind === kind && !item.urgent),
  }));
  return [{ key: 'urgent' as const, items: urgent }, ...groups].filter((group) => group.items.length > 0);
}
