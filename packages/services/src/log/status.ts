import { join } from 'node:path';
import { formatVerifierKey, LogDefect, readCosignatures, refuse, type SignedCheckpoint } from '@waymark/domain';
import { auditSize, Problem, type Context } from '@waymark/store';
import { verifyEd25519 } from './ed25519.ts';
import { publishedHead, readText, type PublicLog } from './open.ts';
import { openLogSource } from './source.ts';

/** The public log as a person and a browser want it. */
export type LogStatus = {
  /** Why heads are not published; null while they are. */
  off: string | null;
  /** Verifier key `name+id+base64`, to hand to witnesses. */
  key: string | null;
  url: string;
  /** The newest published head, and the signed note it stands in. */
  published: { size: number; root: string; checkpoint: string } | null;
  /** Events that are in the database and not yet in a published head. */
  waiting: number;
  /** Outsiders whose cosignatures are taken, and the newest head each cosigned, with the second it did. */
  witnesses: { name: string; key: string; cosigned: { size: number; at: number } | null }[];
};

/** @throws Problem storage-failed when the published head was changed by others */
export async function logStatus(ctx: Pick<Context, 'store'>, log: PublicLog): Promise<LogStatus> {
  const { dir, url, key, off } = log;
  const size = await auditSize(ctx.store.read);
  const head = key ? await publishedHead({ dir, key }).catch(refuseChanged) : undefined;
  return {
    off,
    key: key && formatVerifierKey(key),
    url,
    published: head ? { size: head.size, root: head.root, checkpoint: head.note } : null,
    waiting: size - (head?.size ?? 0),
    witnesses: await witnessesAs(log, head).catch(refuseChanged),
  };
}

async function witnessesAs(
  { dir, key, witnesses }: PublicLog,
  head: SignedCheckpoint | undefined,
): Promise<LogStatus['witnesses']> {
  const readNote = (path: string) => readText(join(dir, path));
  const options = { verify: verifyEd25519, readFile: openLogSource(dir), readNote };
  const words = key && head ? await readCosignatures(head, witnesses, { ...options, log: key }) : [];
  return witnesses.map((witness) => ({
    name: witness.name,
    key: formatVerifierKey(witness),
    cosigned: words.find((word) => word.witness === witness)?.cosigned ?? null,
  }));
}

function refuseChanged(error: unknown): never {
  if (!(error instanceof LogDefect)) throw error;
  throw new Problem(refuse('storage-failed', `The published log: ${error.message}`));
}
