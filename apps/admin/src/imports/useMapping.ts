import { useCallback, useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { api, isStale, problemOf, type ProblemBody } from '../api.ts';
import type { ImportView, Mapping } from './contract.ts';
import { importKey, importPath, useTake } from './useImports.ts';

/** Long enough for two quick choices to travel together. */
const PAUSE = 350;
const RETRY = 5000;

export type MappingStatus = 'saved' | 'saving' | 'failed' | 'stale';

/**
 * The mapping while a person corrects it: shown at once, kept on the server a moment later, one request at a time, each saying
 * which version it read. What somebody else saved meanwhile is never overwritten.
 */
export function useMapping(view: ImportView) {
  const take = useTake(view.id);
  const queries = useQueryClient();
  const [mine, setMine] = useState<Mapping>();
  const [status, setStatus] = useState<MappingStatus>('saved');
  const [problem, setProblem] = useState<ProblemBody>();
  const version = useRef(view.version);
  // While nothing is on its way, what the server says is what was read.
  if (mine === undefined) version.current = view.version;
  const waiting = useRef<{ mapping: Mapping; timer: ReturnType<typeof setTimeout> | undefined }>(undefined);
  const running = useRef<Promise<void>>(undefined);

  const save = useCallback(async (): Promise<void> => {
    while (running.current) await running.current;
    const next = waiting.current;
    if (next === undefined) return;
    clearTimeout(next.timer);
    running.current = (async () => {
      try {
        const saved = await api.patch<ImportView>(
          importPath(view.id),
          { mapping: next.mapping },
          { ifMatch: version.current },
        );
        version.current = saved.version;
        take(saved);
        if (waiting.current?.mapping !== next.mapping) return;
        waiting.current = undefined;
        setMine(undefined);
        setStatus('saved');
        setProblem(undefined);
      } catch (error) {
        const why = problemOf(error);
        setProblem(why);
        setStatus(isStale(why) ? 'stale' : 'failed');
        if (why.status === 0 || why.status >= 500) next.timer = setTimeout(() => void save(), RETRY);
      }
    })().finally(() => {
      running.current = undefined;
    });
    await running.current;
    // What was chosen while this one travelled goes after it.
    if (waiting.current !== undefined && waiting.current.mapping !== next.mapping) await save();
  }, [view.id, take]);
  const latest = useRef(save);
  latest.current = save;

  const set = (mapping: Mapping) => {
    clearTimeout(waiting.current?.timer);
    waiting.current = { mapping, timer: setTimeout(() => void latest.current(), PAUSE) };
    setMine(mapping);
    setStatus('saving');
  };
  /** Saves now. @returns whether the server holds what is shown */
  const flush = async (): Promise<boolean> => {
    await latest.current();
    return waiting.current === undefined;
  };
  /** Lets go of what was not saved, for what somebody else saved. */
  const drop = () => {
    clearTimeout(waiting.current?.timer);
    waiting.current = undefined;
    setMine(undefined);
    setStatus('saved');
    setProblem(undefined);
    void queries.invalidateQueries({ queryKey: importKey(view.id) });
  };
  // Leaving the page is no reason to lose the last choice.
  useEffect(() => () => void latest.current(), []);

  return { mapping: mine ?? view.mapping, set, flush, drop, status, problem };
}
export type MappingDraft = ReturnType<typeof useMapping>;
