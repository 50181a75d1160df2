import {
  formatVerifierKey,
  LogDefect,
  openCheckpoint,
  parseVerifierKey,
  splitView,
  verifyCheckpoints,
  type ReadLogFile,
  type SplitView,
  type VerifySignature,
} from '@waymark/domain';

/** The head this browser verified last, with the key it was signed by: what a rewritten log would contradict. */
export type RememberedHead = { key: string; checkpoint: string };

export type CheckedHead = {
  size: number;
  root: string;
  /** Size of the head this browser knew before. */
  known: number | null;
  /** Proof that the log signed two histories; it convinces anybody who knows the log's key. */
  proof: SplitView | null;
} & { relation: 'first' | 'same' | 'grown' | 'shrunk' | 'split' | 'other-key' };

/** Why nothing could be concluded. */
export type HeadProblem = 'signature' | 'tiles' | 'unsupported';

/** Thrown when a head proves nothing. */
export class UncheckedHead extends Error {
  override readonly name = 'UncheckedHead';
  readonly problem: HeadProblem;
  constructor(problem: HeadProblem, options?: ErrorOptions) {
    super(`The head could not be checked: ${problem}`, options);
    this.problem = problem;
  }
}

/**
 * Checks a published head in the browser as an outsider would: signature, tiles, and that it extends the head this browser
 * saw last. The server is asked for public files only.
 * @throws UncheckedHead
 */
export async function checkHead(
  shown: { key: string; checkpoint: string },
  remembered: RememberedHead | undefined,
  { verify, readFile }: { verify: VerifySignature; readFile: ReadLogFile },
): Promise<CheckedHead> {
  try {
    const log = parseVerifierKey(shown.key);
    if (remembered && remembered.key !== formatVerifierKey(log)) {
      const { size, root } = await openCheckpoint(shown.checkpoint, log, verify);
      return { size, root, known: null, proof: null, relation: 'other-key' };
    }
    const known = remembered && (await openCheckpoint(remembered.checkpoint, log, verify));
    const found = await verifyCheckpoints(remembered?.checkpoint, shown.checkpoint, { log, verify, readFile });
    const proof = found.relation === 'split' && known ? splitView(log, known, found.head, found.path) : null;
    return {
      size: found.head.size,
      root: found.head.root,
      known: known?.size ?? null,
      proof,
      relation: found.relation,
    };
  } catch (cause) {
    if (cause instanceof LogDefect)
      throw new UncheckedHead(cause.code === 'tile-wrong' ? 'tiles' : 'signature', { cause });
    throw cause;
  }
}

/** Only a head that contradicts nothing becomes the one to compare with. */
export function isGood({ relation }: CheckedHead): boolean {
  return relation === 'first' || relation === 'same' || relation === 'grown';
}
