import { importRefusal, refuse } from '@waymark/domain';
import {
  change,
  findImport,
  listImportProfiles,
  orThrow,
  Problem,
  putImportProfile,
  updateImport,
  type Context,
} from '@waymark/store';
import { showImport, type ImportView } from './show.ts';

export type ProfileRow = { id: string; name: string; version: number; updatedAt: string; updatedBy: string };

/**
 * Keeps the mapping of an import under the name of a partner, for their next list, and makes the import one of theirs. A profile of that
 * name gets the new mapping.
 * @throws Problem not-found, import-closed, stale-revision
 */
export async function saveImportProfile(ctx: Context, id: string, name: string): Promise<ImportView> {
  await change(ctx, 'proposal.write', async ({ tx, actor, now, newId, audit }) => {
    const record = await findImport(tx, id);
    if (!record) throw new Problem(refuse('not-found'));
    orThrow(importRefusal(record, actor));
    const { mapping } = record;
    const row = { id: newId(), name, mapping, version: 1, updatedBy: actor.id, updatedAt: now };
    const profile = await putImportProfile(tx, row);
    const saved = await updateImport(tx, id, record.version, { profileId: profile.id, updatedAt: now });
    if (!saved) throw new Problem(refuse('stale-revision'));
    await audit('import.save-profile', `import:${id}`, {
      profile: profile.id,
      name,
      version: profile.version,
      mapping,
    });
    return { id };
  });
  return showImport(ctx, id);
}

/** All profiles, by name. */
export async function listProfiles(ctx: Context): Promise<ProfileRow[]> {
  const rows = await listImportProfiles(ctx.store.read);
  return rows.map(({ id, name, version, updatedAt, updatedBy }) => ({ id, name, version, updatedAt, updatedBy }));
}
