import { useEffect, useState } from 'react';
import { api } from '../api.ts';
import { useVerb } from '../common/useVerb.ts';
import type { ImportView } from './contract.ts';
import { importPath, useTake } from './useImports.ts';

/**
 * The computation of what every row becomes: begins by itself when rows are looked at and whenever what was computed no longer
 * holds; a person can stop it, and then it waits for them.
 */
export function usePreview(view: ImportView) {
  const take = useTake(view.id);
  const [isStopped, setStopped] = useState(false);
  const path = `${importPath(view.id)}/preview`;
  const start = useVerb(() => api.post<ImportView>(path), { onDone: take });
  const stop = useVerb(() => api.delete<ImportView>(path), { onDone: take });
  const { run, busy, problem } = start;
  const { state, isOutdated } = view.preview;
  const isWanted =
    (state === 'none' || (state === 'ready' && isOutdated)) &&
    view.refusal === null &&
    view.can.decide === null &&
    !isStopped &&
    !busy &&
    problem === null;
  useEffect(() => {
    if (isWanted) void run(undefined);
  }, [isWanted, run]);
  return {
    problem: problem ?? stop.problem,
    isStopped,
    cancel: () => {
      setStopped(true);
      void stop.run(undefined);
    },
    compute: () => {
      setStopped(false);
      void run(undefined);
    },
  };
}
