import { join } from 'node:path';
import {
  compareHeads,
  cosignNote,
  formatNote,
  LogDefect,
  openCheckpoint,
  parseNote,
  splitView,
  verifyCheckpoints,
  type ReadLogFile,
  type SignBytes,
  type SignedCheckpoint,
  type VerifierKey,
} from '@waymark/domain';
import { replaceFile, withLock, writeFileOnce } from '@waymark/tuf';
import { verifyEd25519 } from './ed25519.ts';
import { CHECKPOINT, decodeNote, readText } from './open.ts';

/** What a witness is given. */
export type Witness = {
  /** The log's key, known from elsewhere than the log. */
  log: VerifierKey;
  readFile: ReadLogFile;
  /** Folder of its own: every head it ever verified. */
  memory: string;
  /** Its own key, of type `cosignature`; without one it only watches. */
  cosigner?: { key: VerifierKey; sign: SignBytes } | undefined;
  now: Date;
};

export type Witnessed = {
  /**
   * `first`, `same`, `grown`: all is well. `shrunk`: the log shows an older head than before; nothing was remembered. `split`:
   * it signed two histories, and `proof` shows it to everybody.
   */
  relation: 'first' | 'same' | 'grown' | 'shrunk' | 'split';
  origin: string;
  /** What the log shows now. */
  size: number;
  root: string;
  /** Size of the head remembered from before. */
  known: number | null;
  /** File of the remembered checkpoint, cosigned when there is a key. */
  checkpoint: string;
  /** File of the proof of a split view. */
  proof: string | null;
};

/**
 * Looks at a log once: fetches its head, verifies the signature and that it extends every head seen before, remembers and
 * cosigns it. What is refused is not remembered, so that the next look compares with the last good head.
 * @throws LogDefect when nothing can be concluded: no or a foreign signature, tiles missing or wrong. Error when nobody
 *   answers. TufProblem `tree-busy` while another look at the same memory runs
 */
export function witnessLog(witness: Witness): Promise<Witnessed> {
  return withLock(witness.memory, async () => {
    const { log, memory, readFile } = witness;
    const known = await readText(join(memory, CHECKPOINT));
    const shown = await readFile(CHECKPOINT);
    if (!shown) throw new LogDefect('malformed', 'there is no checkpoint');
    const found = await verifyCheckpoints(known, decodeNote(shown), { log, verify: verifyEd25519, readFile });
    const before = known === undefined ? undefined : await openCheckpoint(known, log, verifyEd25519);
    const { head } = found;
    const seen = {
      origin: head.origin,
      size: head.size,
      root: head.root,
      known: before?.size ?? null,
      checkpoint: join(memory, CHECKPOINT),
      proof: null,
    };
    if (found.relation === 'split') return prove(witness, seen, before!, head, found.path);
    if (found.relation === 'shrunk')
      return (await proveShrunk(witness, seen, before!, head)) ?? { ...seen, relation: 'shrunk' };
    await remember(witness, head);
    return { ...seen, relation: found.relation };
  });
}

type Seen = Omit<Witnessed, 'relation'>;

/**
 * An older head may be an old copy, or another history that is shorter. We know which when we saw a head of that size, or
 * when the log still serves the tiles of the larger one.
 */
async function proveShrunk(
  witness: Witness,
  seen: Seen,
  before: SignedCheckpoint,
  head: SignedCheckpoint,
): Promise<Witnessed | undefined> {
  const { log, memory, readFile } = witness;
  const sameSize = await readText(join(memory, headPath(head.size)));
  const twin = sameSize === undefined ? undefined : await openCheckpoint(sameSize, log, verifyEd25519);
  if (twin && twin.root !== head.root) return prove(witness, seen, twin, head, []);
  if (twin) return undefined;
  const compared = await compareHeads(head, before, readFile).catch((error: unknown) => {
    if (error instanceof LogDefect) return undefined;
    throw error;
  });
  return compared?.relation === 'split' ? prove(witness, seen, head, before, compared.path) : undefined;
}

async function prove(
  { log, memory }: Witness,
  seen: Seen,
  smaller: SignedCheckpoint,
  larger: SignedCheckpoint,
  path: readonly string[],
): Promise<Witnessed> {
  const name = `split-view-${seen.size}.json`;
  const text = `${JSON.stringify(splitView(log, smaller, larger, path), null, 2)}\n`;
  await replaceFile(memory, { path: name, bytes: Buffer.from(text) });
  return { ...seen, relation: 'split', proof: join(memory, name) };
}

/** The head as such first, then as the newest: a crash between leaves the one before as the newest. */
async function remember({ memory, cosigner, now }: Witness, head: SignedCheckpoint): Promise<void> {
  const note = parseNote(head.note);
  const seconds = Math.floor(now.getTime() / 1000);
  const cosigned = cosigner ? await cosignNote(note, cosigner.key, cosigner.sign, seconds) : note;
  if ((await readText(join(memory, headPath(head.size)))) === undefined)
    await writeFileOnce(memory, { path: headPath(head.size), bytes: Buffer.from(head.note) });
  await replaceFile(memory, { path: CHECKPOINT, bytes: Buffer.from(formatNote(cosigned)) });
}

const headPath = (size: number) => `heads/${size}.${CHECKPOINT}`;
