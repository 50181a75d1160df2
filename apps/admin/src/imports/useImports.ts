import { useEffect } from 'react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { Page } from '../contract.ts';
import type { Action, GoneEntry, ImportRow, ImportView, Outcome, Profile } from './contract.ts';

/** How often a page asks how far the server has come. */
const POLL = 600;

/** Files on their way, open ones and those that are done. */
export function useImports(page: number) {
  return useQuery({
    queryKey: ['imports', 'list', page],
    queryFn: ({ signal }) => api.get<Page<ImportRow>>('/imports', { query: { page, perPage: 100 }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** One file with all that is known of it. Asked for again while the server computes. */
export function useImport(id: string) {
  return useQuery({
    queryKey: importKey(id),
    queryFn: ({ signal }) => api.get<ImportView>(importPath(id), { signal }),
    refetchInterval: (query) => (query.state.data?.preview.state === 'working' ? POLL : false),
    refetchOnWindowFocus: true,
  });
}

export const importKey = (id: string) => ['imports', 'view', id] as const;
export const importPath = (id: string): string => `/imports/${encodeURIComponent(id)}`;

/** What narrows the rows of a file. */
export type RowFilter = { action?: Action; needs?: 'decision' | 'look'; q: string; page: number };

export const ROWS_PER_PAGE = 50;

/**
 * Rows with what becomes of them. While they are computed anew, those of before stay in sight.
 * @param digest names the computation they belong to; none while there is none
 */
export function useRows(id: string, digest: string | null, { action, needs, q, page }: RowFilter) {
  return useQuery({
    queryKey: ['imports', 'rows', id, digest, action, needs, q, page],
    enabled: digest !== null,
    queryFn: ({ signal }) =>
      api.get<Page<Outcome>>(`${importPath(id)}/rows`, {
        query: { action, needs, q, page, perPage: ROWS_PER_PAGE },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** The server's largest page: more are gone from no list that anybody would look through here. */
const GONE_SHOWN = 200;

/** Entries that only the last list of the partner named. @param digest names the computation they belong to */
export function useGone(id: string, digest: string | null, count: number) {
  return useQuery({
    queryKey: ['imports', 'gone', id, digest],
    enabled: digest !== null && count > 0,
    queryFn: ({ signal }) =>
      api.get<Page<GoneEntry>>(`${importPath(id)}/gone`, { query: { perPage: GONE_SHOWN }, signal }),
  });
}

/** Mappings that were kept under the name of a partner. */
export function useProfiles() {
  return useQuery({
    queryKey: ['imports', 'profiles'],
    queryFn: async ({ signal }) => (await api.get<{ data: Profile[] }>('/import-profiles', { signal })).data,
  });
}

/** Puts an answer of the server where the page reads it. */
export function useTake(id: string): (view: ImportView) => void {
  const queries = useQueryClient();
  return (view) => {
    queries.setQueryData(importKey(id), view);
    void queries.invalidateQueries({ queryKey: ['imports', 'list'] });
  };
}

/** Files that are chosen, dropped or pasted anywhere on a page, while it is open. */
export function usePaste(onPaste: (clipboard: DataTransfer) => void, enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const listen = (event: ClipboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.closest('input,textarea,[contenteditable]');
      if (event.clipboardData && !isTyping) onPaste(event.clipboardData);
    };
    document.addEventListener('paste', listen);
    return () => document.removeEventListener('paste', listen);
  });
}
