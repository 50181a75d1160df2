import type { AuditEvent } from '@waymark/domain';
import {
  auditHead,
  auditSize,
  findAuditEvent,
  listAuditEvents,
  type AuditHead,
  type AuditQuery,
  type Context,
} from '@waymark/store';

export type AuditFilter = Omit<AuditQuery, 'limit' | 'offset'>;

/** One page of the log, newest first unless asked otherwise. */
export function listAudit(
  ctx: Context,
  filter: AuditFilter,
  page: { limit: number; offset: number },
): Promise<{ data: AuditEvent[]; total: number }> {
  return listAuditEvents(ctx.store.read, { ...filter, ...page });
}

/** Where the log stands now, with the time of its last event. */
export async function showAuditHead(ctx: Context): Promise<AuditHead & { at: string | null }> {
  const size = await auditSize(ctx.store.read);
  const last = size === 0 ? undefined : await findAuditEvent(ctx.store.read, size - 1);
  return { ...(await auditHead(ctx.store.read, size)), at: last?.at ?? null };
}

const PAGE = 500;

/** The filtered log as NDJSON, oldest first, a line per event. */
export async function* exportAudit(ctx: Context, filter: AuditFilter): AsyncGenerator<string> {
  for (let offset = 0; ; offset += PAGE) {
    const { data } = await listAuditEvents(ctx.store.read, { ...filter, order: 'asc', limit: PAGE, offset });
    for (const event of data) yield `${JSON.stringify(event)}\n`;
    if (data.length < PAGE) return;
  }
}
