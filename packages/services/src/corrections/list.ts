import { channelAddress, type CorrectedValue, type CorrectionSubject, type Entry } from '@waymark/domain';
import {
  countCorrections,
  listCorrectionRows,
  type Context,
  type CorrectionRow,
  type CorrectionState,
} from '@waymark/store';

export type CorrectionView = Pick<
  CorrectionRow,
  'id' | 'recordId' | 'note' | 'contact' | 'times' | 'receivedAt' | 'state' | 'decidedAt' | 'proposalId' | 'purgeAt'
> & {
  what: CorrectionSubject;
  value: CorrectedValue | null;
  /** The entry as it stands in the directory now. */
  entry: { name: string; slug: string; state: string } | null;
  /** The channel it is about, with what stands there now. */
  channel: { id: string; address: string | null } | null;
  decidedByName: string | null;
};

/** A page of corrections: what waits longest first, what was decided last first. */
export async function listCorrections(
  ctx: Pick<Context, 'store'>,
  state: CorrectionState,
  page: { limit: number; offset: number },
): Promise<{ data: CorrectionView[]; total: number }> {
  const { read } = ctx.store;
  const rows = await listCorrectionRows(read, state, page);
  return {
    data: rows.map(({ fingerprint: _f, decidedBy: _d, path, entry, ...row }) => ({
      ...row,
      // Both were parsed before they were written.
      what: row.what as CorrectionSubject,
      value: row.value as CorrectedValue | null,
      entry: entry && { name: entry.name, slug: entry.slug, state: entry.state },
      channel: channelAt(path, entry?.doc as Entry | undefined),
    })),
    total: await countCorrections(read, state),
  };
}

function channelAt(path: string | null, entry: Entry | undefined): CorrectionView['channel'] {
  const id = /^\/channels\/([^/]+)/.exec(path ?? '')?.[1];
  if (id === undefined) return null;
  const channel = entry?.channels.find((each) => each.id === id);
  return { id, address: channel ? channelAddress(channel) : null };
}
