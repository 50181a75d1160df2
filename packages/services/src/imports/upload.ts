import { createHash } from 'node:crypto';
import { refuse, type ImportReading } from '@waymark/domain';
import { change, insertImport, Problem, type Context } from '@waymark/store';
import { lookAt, remember } from './look.ts';
import { roomOf } from './room.ts';
import { showImport, type ImportView } from './show.ts';

/** A file as somebody sent it. */
export type Upload = { name: string; bytes: Uint8Array; reading: ImportReading };

/**
 * Keeps a file that somebody wants to import, with a guess what its columns mean. Nothing of it is in the directory.
 * @throws Problem file-too-large, file-not-taken, file-unreadable: then nothing is kept
 */
export async function uploadImport(ctx: Context, { name, bytes, reading }: Upload): Promise<ImportView> {
  const room = roomOf(ctx.store);
  if (bytes.byteLength > room.limits.bytes) throw new Problem(refuse('file-too-large'));
  const look = await lookAt(bytes, reading, room);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { id } = await change(ctx, 'proposal.write', async ({ tx, actor, now, newId, audit }) => {
    const kept = {
      id: newId(),
      name,
      size: bytes.byteLength,
      sha256,
      reading,
      mapping: look.mapping,
      state: 'open',
      version: 1,
      authorId: actor.id,
      createdAt: now,
      updatedAt: now,
    } as const;
    await insertImport(tx, { ...kept, content: Buffer.from(bytes) });
    await audit('import.upload', `import:${kept.id}`, { name, size: kept.size, sha256 });
    return { id: kept.id };
  });
  remember(ctx.store, { id, reading }, { look });
  return showImport(ctx, id);
}
