import { request } from 'undici';
import { z } from 'zod';
import { DueCheck, type CheckReport } from '@waymark/domain';
import type { Settings } from './environment.ts';

/** The one thing the watcher may do: ask what is due, tell what it found. */
export type DirectoryApi = {
  due(limit: number): Promise<DueCheck[]>;
  report(results: readonly CheckReport[]): Promise<void>;
};

const PATIENCE = 30_000;
/** The server takes small bodies only. */
const AT_ONCE = 20;
const Due = z.object({ data: z.array(DueCheck) });

/** @throws Error from both calls when the server does not answer as agreed; with its status, never with its words */
export function createDirectoryApi({ api, token }: Pick<Settings, 'api' | 'token'>): DirectoryApi {
  const call = async (method: 'GET' | 'POST', path: string, sent?: unknown): Promise<unknown> => {
    const { statusCode, body } = await request(api + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
      headersTimeout: PATIENCE,
      bodyTimeout: PATIENCE,
    }).catch((cause: unknown) => {
      throw new Error(`The server at ${api} does not answer`, { cause });
    });
    if (statusCode === 200) return body.json();
    await body.dump();
    throw new Error(`The server answered ${statusCode} to ${method} ${path}`);
  };
  return {
    async due(limit) {
      return Due.parse(await call('GET', `/watch/v1/due?limit=${limit}`)).data;
    },
    async report(results) {
      for (let at = 0; at < results.length; at += AT_ONCE)
        await call('POST', '/watch/v1/results', { results: results.slice(at, at + AT_ONCE) });
    },
  };
}
