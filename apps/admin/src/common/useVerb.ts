import { useCallback, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { problemOf, type ProblemBody } from '../api.ts';

export type VerbOptions<Output> = {
  /** Key of the message that says it is done. */
  done?: string;
  /** First parts of the query keys (resource names) that are read again after success. */
  refresh?: readonly string[];
  onDone?: (output: Output) => void;
};

/**
 * A decision on its way to the server: waits for the answer, runs once at a time, and keeps the problem
 * so that the screen can say it where it was tried.
 * @returns `run` resolves to the answer, or to undefined when it was refused
 */
export function useVerb<Input, Output>(act: (input: Input) => Promise<Output>, options: VerbOptions<Output> = {}) {
  const notify = useNotify();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  // A second click must not send twice, even before React has rendered the first.
  const running = useRef(false);
  const latest = useRef({ act, options });
  latest.current = { act, options };

  const run = useCallback(
    async (input: Input): Promise<Output | undefined> => {
      if (running.current) return undefined;
      running.current = true;
      setBusy(true);
      setProblem(null);
      try {
        const output = await latest.current.act(input);
        const { done, refresh = [], onDone } = latest.current.options;
        await Promise.all(refresh.map((key) => queries.invalidateQueries({ queryKey: [key] })));
        // The queue and its count follow every decision.
        void queries.invalidateQueries({ queryKey: ['queue'] });
        if (done !== undefined) notify(done, { type: 'success' });
        onDone?.(output);
        return output;
      } catch (error) {
        setProblem(problemOf(error));
        return undefined;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [notify, queries],
  );
  const clear = useCallback(() => setProblem(null), []);
  return { run, busy, problem, clear };
}
