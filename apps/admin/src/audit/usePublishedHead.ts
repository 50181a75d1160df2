import { useQuery } from '@tanstack/react-query';
import type { ReadLogFile } from '@waymark/domain';
import { api } from '../api.ts';
import type { PublicLog } from '../contract.ts';
import { checkHead, isGood, type CheckedHead } from './checkHead.ts';
import { readRememberedHead, rememberHead } from './rememberedHead.ts';
import { verifyInBrowser } from './webCrypto.ts';

/** The public log as the server describes it. */
export function usePublicLog() {
  return useQuery({
    queryKey: ['audit', 'log'],
    queryFn: ({ signal }) => api.get<PublicLog>('/audit/log', { signal }),
  });
}

/** Checks the head of a public log in this browser, and remembers one that contradicts nothing. */
export function useCheckedHead(log: PublicLog) {
  const { key, published, url } = log;
  return useQuery({
    queryKey: ['audit', 'head-check', key, published?.checkpoint],
    enabled: key !== null && published !== null,
    retry: false,
    staleTime: Infinity,
    queryFn: async (): Promise<CheckedHead | null> => {
      if (key === null || published === null) return null;
      const shown = { key, checkpoint: published.checkpoint };
      const checked = await checkHead(shown, readRememberedHead(), {
        verify: verifyInBrowser,
        readFile: publicFilesAt(url),
      });
      if (isGood(checked)) rememberHead(shown);
      return checked;
    },
  });
}

/** The same files that outsiders read, without a session. */
function publicFilesAt(url: string): ReadLogFile {
  return async (path) => {
    const answer = await fetch(`${url}/${path}`, { credentials: 'omit' });
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
  };
}
