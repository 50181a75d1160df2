import { useQuery } from '@tanstack/react-query';
import {
  cosignedPath,
  openCheckpoint,
  parseVerifierKey,
  readCosignatures,
  type ReadLogFile,
  type WitnessWord,
} from '@waymark/domain';
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

/**
 * What witnesses said of a public log, verified in this browser. The server only says whose word to look for.
 * @returns a word for each witness; LogDefect as the query's error when a cosignature is wrong
 */
export function useCosignatures(log: PublicLog) {
  const { key, published, url, witnesses } = log;
  return useQuery({
    queryKey: ['audit', 'cosignatures', key, published?.checkpoint, witnesses],
    enabled: key !== null && published !== null,
    retry: false,
    staleTime: Infinity,
    queryFn: async (): Promise<WitnessWord[]> => {
      if (key === null || published === null) return [];
      const [logKey, readFile] = [parseVerifierKey(key), publicFilesAt(url)];
      const head = await openCheckpoint(published.checkpoint, logKey, verifyInBrowser);
      const keys = witnesses.map((witness) => parseVerifierKey(witness.key));
      return readCosignatures(head, keys, {
        log: logKey,
        verify: verifyInBrowser,
        readFile,
        readNote: async (path) => {
          // Asked for only where there is one: a browser complains of every 404.
          const isThere = witnesses.some(({ cosigned }, i) => cosigned && cosignedPath(keys[i]!) === path);
          const bytes = isThere ? await readFile(path) : undefined;
          return bytes && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        },
      });
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
