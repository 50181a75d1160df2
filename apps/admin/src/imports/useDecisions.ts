import { useEffect, useRef, useState } from 'react';
import { api } from '../api.ts';
import { useVerb } from '../common/useVerb.ts';
import type { Decision, ImportView, Outcome } from './contract.ts';
import { importPath, useTake } from './useImports.ts';

/**
 * What a person says of rows. Kept on the server at once and remembered for the next file that says the same; on the page it
 * stands beside the row until the rows are computed anew.
 */
export function useDecisions(view: ImportView) {
  const take = useTake(view.id);
  const [said, setSaid] = useState<ReadonlyMap<string, Decision | null>>(new Map());
  const made = useRef<string[]>([]);
  const { digest, state } = view.preview;
  // What was computed with the decisions shows them itself.
  useEffect(() => {
    if (state === 'ready') setSaid(new Map());
  }, [digest, state]);
  const keep = useVerb(
    ({ fingerprint, decision }: { fingerprint: string; decision: Decision | null }) =>
      api.post<ImportView>(`${importPath(view.id)}/decisions`, { decisions: [{ fingerprint, decision }] }),
    { onDone: take },
  );
  const decide = async ({ fingerprint }: Pick<Outcome, 'fingerprint'>, decision: Decision | null): Promise<boolean> => {
    const kept = await keep.run({ fingerprint, decision });
    if (kept === undefined) return false;
    setSaid((old) => new Map([...old, [fingerprint, decision]]));
    made.current = made.current.filter((each) => each !== fingerprint);
    if (decision !== null) made.current.push(fingerprint);
    return true;
  };
  /** Takes back the decision that was made last on this page. */
  const undo = () => {
    const fingerprint = made.current.at(-1);
    if (fingerprint !== undefined) void decide({ fingerprint }, null);
  };
  return { said, decide, undo, isBusy: keep.busy, problem: keep.problem, clear: keep.clear };
}
export type Decisions = ReturnType<typeof useDecisions>;
