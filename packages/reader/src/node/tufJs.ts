import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Updater, type Fetcher } from 'tuf-js';
import { DownloadHTTPError } from 'tuf-js/dist/error.js';
import { ReaderProblem, toProblem, type ProblemCode } from '../problem.ts';
import type { Crypto } from '../tuf/crypto.ts';
import { parseRoot, parseSnapshotRole, parseTargets } from '../tuf/metadata.ts';
import type { Engine, Source, Trusted } from '../tuf/trusted.ts';
import { ownEngine } from '../tuf/update.ts';
import { WITHDRAWN } from '../withdrawals.ts';

/**
 * The stock client as an engine, on Node. It works on a copy of what is trusted, in a folder of its own that is gone afterwards:
 * it writes files in place, and half a `root.json` would stop it for ever (SNAPSHOTS §2.5.7).
 *
 * What it brings is then looked at once more by our own client, without the network, because 5.0.1 takes what it should not: dates
 * that are none, one public key under two ids, another timestamp under the same number (SNAPSHOTS §2.4). Both must agree.
 */
export function tufJsEngine(crypto: Crypto): Engine {
  return {
    async update(trusted, source, now, keepRoot) {
      const dir = await mkdtemp(join(tmpdir(), 'waymark-reader-'));
      try {
        await unpack(dir, trusted);
        const seen = remembering(source, dir, trusted.root, keepRoot);
        const { urgentProblem } = await runTufJs(dir, seen);
        const own = await ownEngine(crypto).update(trusted, seen.replay, now, () => undefined);
        // The stricter of the two speaks for the role `urgent`.
        const problem = own.urgentProblem ?? urgentProblem;
        const urgent = problem ? trusted.urgent : own.trusted.urgent;
        return { trusted: { ...own.trusted, urgent }, urgentProblem: problem };
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
    },
  };
}

const NAMES = ['root', 'timestamp', 'snapshot', 'targets', 'urgent'] as const;

async function unpack(dir: string, trusted: Trusted): Promise<void> {
  for (const name of NAMES) {
    const bytes = trusted[name];
    if (bytes) await writeFile(join(dir, `${name}.json`), bytes);
  }
}

/** tuf-js asks for addresses; ours are paths. */
const BASE = 'waymark:///';
const NUMBERED_ROOT = /\/\d+\.root\.json$/;

/**
 * Fetches each file once: tuf-js reads it from the network, our own client then from memory.
 * @returns `problem`: the last one of ours, which tuf-js may have wrapped in words
 */
function remembering(source: Source, dir: string, start: Uint8Array, keepRoot: (root: Uint8Array) => void) {
  const fetched = new Map<string, Uint8Array | undefined>();
  let problem: ReaderProblem | undefined;
  const bring = async (path: string, maxLength: number) => {
    if (NUMBERED_ROOT.test(path)) await keepNewer(dir, start, keepRoot);
    const bytes = await source.file(path, maxLength);
    fetched.set(path, bytes);
    // Refused before tuf-js can take it: it keeps what it takes.
    if (bytes && NUMBERED_ROOT.test(path)) parseRoot(bytes);
    return bytes;
  };
  const fetcher: Fetcher = {
    async downloadBytes(url, maxLength) {
      const path = decodeURIComponent(url.slice(BASE.length));
      const bytes = await bring(path, maxLength).catch((error: unknown) => {
        throw (problem = toProblem(error, 'unreachable'));
      });
      if (bytes === undefined) throw new DownloadHTTPError('Failed to download', 404);
      return Buffer.from(bytes);
    },
    downloadFile: async () => {
      throw new Error('targets are fetched elsewhere');
    },
  };
  const replay: Source = {
    file: async (path, maxLength) => (fetched.has(path) ? fetched.get(path) : source.file(path, maxLength)),
  };
  return { fetcher, replay, problem: () => problem };
}

/** When the next root is asked for, the one before was taken. */
async function keepNewer(dir: string, start: Uint8Array, keepRoot: (root: Uint8Array) => void): Promise<void> {
  const root = await readFile(join(dir, 'root.json'));
  if (!root.equals(start)) keepRoot(root);
}

type Seen = ReturnType<typeof remembering>;

async function runTufJs(dir: string, seen: Seen): Promise<{ urgentProblem?: ReaderProblem }> {
  try {
    const updater = new Updater({
      metadataDir: dir,
      metadataBaseUrl: `${BASE}metadata`,
      targetDir: dir,
      targetBaseUrl: `${BASE}targets`,
      fetcher: seen.fetcher,
    });
    await updater.refresh();
    return await lookForUrgent(updater, dir, seen);
  } catch (error) {
    throw toReaderProblem(error, seen.problem());
  }
}

/** tuf-js loads a delegated role when a target of it is asked for. */
async function lookForUrgent(updater: Updater, dir: string, seen: Seen): Promise<{ urgentProblem?: ReaderProblem }> {
  const named = parseSnapshotRole(await readFile(join(dir, 'snapshot.json'))).signed.meta.has('urgent.json');
  if (!named || parseTargets(await readFile(join(dir, 'targets.json'))).signed.urgent === undefined) return {};
  try {
    await updater.getTargetInfo(WITHDRAWN);
    return {};
  } catch (error) {
    // tuf-js falls over a delegated role that the snapshot metadata does not name; ours passes it over, and decides.
    if (error instanceof TypeError) return {};
    return { urgentProblem: toReaderProblem(error, seen.problem()) };
  }
}

// tuf-js flattens most of its errors into one message (SNAPSHOTS §2.5.6), so only the words remain.
const WORDS: [RegExp, ProblemCode][] = [
  [/was signed by \d+\/\d+ keys/, 'signature'],
  [/is expired/, 'expired'],
  [/less than current version|does(?:n't| not) match|Expected version|Missing file/, 'rollback'],
  [/Expected (?:length|hash)|Max length reached/, 'hash'],
  [/Failed to download/, 'missing'],
  [/valid JSON|in JSON at|Unexpected (?:token|end)/, 'garbled'],
];

function toReaderProblem(error: unknown, ours: ReaderProblem | undefined): ReaderProblem {
  if (error instanceof ReaderProblem) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (ours && message.includes(ours.message)) return ours;
  const code = WORDS.find(([words]) => words.test(message))?.[1] ?? 'malformed';
  return new ReaderProblem(code, message, { cause: error });
}
