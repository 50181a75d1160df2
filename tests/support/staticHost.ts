// A static host as clients need one: headers by path, exact 404. Its answers can be spoiled while a test runs.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { headersOf } from '../../packages/services/src/destinations/headers.ts';

export type Answer = { status: number; headers: Record<string, string>; body: Buffer };

export type StaticHost = {
  url: string;
  /** Changes answers from now on; undefined for a good host again. */
  spoil: ((path: string, answer: Answer) => Answer) | undefined;
};

/** Serves the folder that `dir` names at each moment. */
export async function startStaticHost(dir: string | (() => string)): Promise<StaticHost> {
  const host: StaticHost = { url: '', spoil: undefined };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname.slice(1);
    void answerOf(typeof dir === 'string' ? dir : dir(), path).then((good) => {
      const { status, headers, body } = host.spoil?.(path, good) ?? good;
      response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  host.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // Listening on a port, so not a pipe's name.
  return host;
}

async function answerOf(dir: string, path: string): Promise<Answer> {
  const open = { 'access-control-allow-origin': '*' };
  try {
    const body = await readFile(join(dir, path));
    const { contentType, cacheControl } = headersOf(path);
    return { status: 200, headers: { ...open, 'content-type': contentType, 'cache-control': cacheControl }, body };
  } catch {
    return { status: 404, headers: { ...open, 'cache-control': 'max-age=60' }, body: Buffer.from('Not found\n') };
  }
}
