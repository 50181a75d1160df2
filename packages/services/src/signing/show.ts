import {
  addSignatureRefusal,
  daysUntil,
  DEFAULT_WINDOW,
  digestWords,
  publishSnapshotRefusal,
  refuse,
  windowAt,
  type SigningView,
} from '@waymark/domain';
import {
  currentPolicy,
  findActor,
  findSnapshot,
  Problem,
  userNames,
  type Context,
  type Reader,
  type SnapshotRecord,
} from '@waymark/store';
import { factsOf } from '../snapshots/list.ts';
import { signsByPeople, type Publishing } from '../snapshots/publishing.ts';
import { signingOf, voidReason, type Signing } from './request.ts';
import { targetsSigners } from './signers.ts';

/**
 * Who has signed a snapshot, who is missing, and what there is to compare by voice.
 * @throws Problem not-found, storage-failed
 */
export async function showSigning(ctx: Context, publishing: Publishing, sequence: number): Promise<SigningView> {
  const { read } = ctx.store;
  const now = ctx.now();
  const row = await findSnapshot(read, sequence);
  if (!row) throw new Problem(refuse('not-found'));
  const facts = await factsOf(read, row, publishing, now);
  const signing = await signingOf(read, publishing, row, now);
  const because = signing ? await voidReason(signing, publishing, facts.outdated) : undefined;
  const actor = await findActor(read, ctx.actorId);
  const signers = signing?.signers ?? (await targetsSigners(publishing, now));
  const window = (await currentPolicy(read)).policy.window ?? DEFAULT_WINDOW;
  const done = new Set(signing?.signed.map(({ keyid }) => keyid));
  return {
    sequence,
    state: stateOf(row, publishing, signing, because),
    request: signing ? requestShown(signing, now) : null,
    voidBecause: because ?? null,
    threshold: signers?.threshold ?? 0,
    signed: signing ? await signedShown(read, signing) : [],
    missing: (signers?.keyids ?? [])
      .filter((keyid) => !done.has(keyid))
      .map((keyid) => ({ keyid, owner: signers?.owners[keyid] ?? null })),
    window: { ...window, ...windowAt(window, now) },
    can: actor
      ? {
          addSignature: addSignatureRefusal(facts, actor) ?? (because ? refuse('signing-request-void', because) : null),
          publish: publishSnapshotRefusal(facts, actor, publishing.off === null) ?? null,
        }
      : { addSignature: refuse('not-permitted'), publish: refuse('not-permitted') },
  };
}

function stateOf(
  { state }: SnapshotRecord,
  publishing: Publishing,
  signing: Signing | undefined,
  because: string | undefined,
): SigningView['state'] {
  if (state !== 'prepared') return 'closed';
  if (publishing.keys) return 'server-signs';
  if (!signing || because !== undefined || !signsByPeople(publishing)) return 'void';
  return signing.missing === 0 ? 'complete' : 'open';
}

function requestShown({ row: { version, digest, createdAt, request } }: Signing, now: Date): SigningView['request'] {
  const expires = String(request.signed['expires']);
  return { version, digest, words: digestWords(digest), createdAt, expires, daysLeft: daysUntil(expires, now) };
}

async function signedShown(read: Reader, { signed, signers: { owners } }: Signing): Promise<SigningView['signed']> {
  const names = await userNames(
    read,
    signed.map(({ uploadedBy }) => uploadedBy),
  );
  return signed.map(({ keyid, at, uploadedBy }) => ({
    keyid,
    owner: owners[keyid] ?? null,
    at,
    uploadedBy,
    uploadedByName: names.get(uploadedBy) ?? uploadedBy,
  }));
}
