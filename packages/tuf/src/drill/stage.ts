import { createServer } from 'node:http';
import { mkdtemp, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sha256 } from '../canonical.ts';
import { TufProblem, type TufProblemCode } from '../problem.ts';
import { treePath } from '../repository.ts';
import { verifyRepository } from '../verify.ts';

/** Told what happens, line by line. */
export type Say = (line: string) => void;

/** An app that looked before the emergency and looks again: the stock client, with a memory. */
export type App = {
  /** What it shows after a look: the hash of the file it reads. @throws Error when it was refused */
  sees: (url: string, what: string) => Promise<string>;
  /** @throws Error when it was not refused, or for another reason */
  isRefused: (url: string, code: TufProblemCode, what: string) => Promise<void>;
};

/** An app that trusts root 1 of this tree. */
export async function newApp(scratch: string, tree: string, probe: string, say: Say): Promise<App> {
  const dir = await mkdtemp(join(scratch, 'app-'));
  const rootBytes = await readFile(join(tree, treePath.root(1)));
  const look = (url: string) => verifyRepository({ url, rootBytes, dir, targets: [probe], fetchRetries: 0 });
  return {
    sees: async (url, what) => {
      const { targets, rootVersion } = await look(url);
      say(`an app ${what}: verified, root ${rootVersion}`);
      return sha256(targets.get(probe) ?? Buffer.alloc(0));
    },
    isRefused: async (url, code, what) => {
      const outcome: unknown = await look(url).catch((error: unknown) => error);
      if (!(outcome instanceof TufProblem)) throw new Error(`${what}: an app took it`);
      if (outcome.code !== code) throw new Error(`${what}: refused, but as ${outcome.code}`);
      say(`an app ${what}: refused (${code})`);
    },
  };
}

/** Serves folders for as long as the work takes, each under the name of its last part. */
export async function withServer(dir: string, work: (urlOf: (tree: string) => string) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    readFile(join(dir, request.url ?? '/')).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Listening on a port, so it is not the name of a pipe.
  const { port } = server.address() as AddressInfo;
  try {
    await work((tree) => `http://127.0.0.1:${port}/${tree.slice(dir.length + 1)}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
