import { useCallback, useMemo, useState } from 'react';
import type { BatchRow, Selected } from './contract.ts';

/**
 * Which proposals are ticked: all that the person may decide on, but for those they left out, and those that moved since they were read.
 * What is left out stays so under any filter.
 */
export function useTicks(selection: readonly Selected[], rows: readonly BatchRow[]) {
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const known = useMemo(() => new Map(selection.map(({ id, contentHash }) => [id, contentHash])), [selection]);
  const moved = useMemo(
    () => new Set(rows.flatMap(({ proposal }) => (proposal && isMoved(proposal, known) ? [proposal.id] : []))),
    [rows, known],
  );
  const chosen = useMemo(
    () => selection.filter(({ id }) => !leftOut.has(id) && !moved.has(id)),
    [selection, leftOut, moved],
  );
  const toggle = useCallback(
    (id: string) =>
      setLeftOut((old) => {
        const next = new Set(old);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const setAll = (isOn: boolean) =>
    setLeftOut((old) => {
      const next = new Set(old);
      for (const { id } of selection)
        if (isOn) next.delete(id);
        else next.add(id);
      return next;
    });
  return { chosen, moved, toggle, setAll, isOn: (id: string) => known.has(id) && !leftOut.has(id) && !moved.has(id) };
}

function isMoved(
  { id, contentHash }: { id: string; contentHash: string },
  known: ReadonlyMap<string, string>,
): boolean {
  const seen = known.get(id);
  return seen !== undefined && seen !== contentHash;
}
