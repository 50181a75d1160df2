import { formatVerifierKey, LogDefect, refuse } from '@waymark/domain';
import { auditSize, Problem, type Context } from '@waymark/store';
import { publishedHead, type PublicLog } from './open.ts';

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
};

/** @throws Problem storage-failed when the published head was changed by others */
export async function logStatus(ctx: Pick<Context, 'store'>, { dir, url, key, off }: PublicLog): Promise<LogStatus> {
  const size = await auditSize(ctx.store.read);
  const head = key ? await publishedHead({ dir, key }).catch(refuseChanged) : undefined;
  return {
    off,
    key: key && formatVerifierKey(key),
    url,
    published: head ? { size: head.size, root: head.root, checkpoint: head.note } : null,
    waiting: size - (head?.size ?? 0),
  };
}

function refuseChanged(error: unknown): never {
  if (!(error instanceof LogDefect)) throw error;
  throw new Problem(refuse('storage-failed', `The published log: ${error.message}`));
}
