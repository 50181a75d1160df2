import { importRefusal, refuse, type ImportReading } from '@waymark/domain';
import { applyMapping, isReportColumn, type Mapping } from '@waymark/import';
import {
  change,
  findImport,
  findImportProfile,
  importContent,
  orThrow,
  Problem,
  updateImport,
  type Context,
  type ImportRecord,
} from '@waymark/store';
import { lookAt, lookOf, remember } from './look.ts';
import { cancelPreview } from './previews.ts';
import { roomOf } from './room.ts';
import { showImport, type ImportView } from './show.ts';
import type { Look } from './work.ts';

export type ImportEdit = {
  mapping?: Mapping | undefined;
  /** Lays the profile on the columns of the file; null takes the file away from its profile. */
  profileId?: string | null | undefined;
  /** Reads the file otherwise; its columns are guessed anew unless the same edit says what they mean. */
  reading?: ImportReading | undefined;
};

/**
 * Says what the columns of a file mean, and how it is to be read.
 * @param ifVersion version the editor read
 * @throws Problem not-found, import-closed, stale-revision, input-invalid, file-unreadable and its kin
 */
export async function mapImport(ctx: Context, id: string, edit: ImportEdit, ifVersion: number): Promise<ImportView> {
  const record = await findImport(ctx.store.read, id);
  if (!record) throw new Problem(refuse('not-found'));
  const look = await lookFor(ctx, record, edit.reading);
  const mapping = await mappingFor(ctx, edit, look);
  // A report that comes back corrected is a part of a list: the next whole list is not to be held against it.
  const profileId = edit.profileId !== undefined && look.header.some(isReportColumn) ? null : edit.profileId;
  await change(ctx, 'proposal.write', async ({ tx, actor, now, audit }) => {
    const current = await findImport(tx, id);
    if (!current) throw new Problem(refuse('not-found'));
    orThrow(importRefusal(current, actor));
    const saved = await updateImport(tx, id, ifVersion, {
      ...(mapping === undefined ? {} : { mapping }),
      ...(edit.reading === undefined ? {} : { reading: edit.reading }),
      ...(profileId === undefined ? {} : { profileId }),
      updatedAt: now,
    });
    if (!saved) throw new Problem(refuse('stale-revision'));
    await audit('import.map', `import:${id}`, {
      version: saved.version,
      mapping: saved.mapping,
      reading: saved.reading,
      profile: saved.profileId,
    });
    return { id };
  });
  cancelPreview(ctx.store, id);
  return showImport(ctx, id);
}

/** The file as it is to be read; one that cannot be read so is refused, and stays as it was. */
async function lookFor({ store }: Context, record: ImportRecord, reading: ImportReading | undefined): Promise<Look> {
  if (reading === undefined) {
    const looked = await lookOf(store, record);
    if (looked?.look) return looked.look;
    throw new Problem(looked?.refusal ?? refuse('import-closed'));
  }
  const bytes = await importContent(store.read, record.id);
  if (!bytes) throw new Problem(refuse('import-closed'));
  const look = await lookAt(bytes, reading, roomOf(store));
  remember(store, { id: record.id, reading }, { look });
  return look;
}

async function mappingFor(
  { store }: Context,
  { mapping, profileId, reading }: ImportEdit,
  look: Look,
): Promise<Mapping | undefined> {
  if (mapping !== undefined) return fitting(mapping, look.header);
  if (typeof profileId === 'string') {
    const profile = await findImportProfile(store.read, profileId);
    if (!profile) throw new Problem(invalid('/profileId', 'There is no such profile'));
    return applyMapping(profile.mapping as Mapping, look.header).mapping; // Parsed before it was written.
  }
  return reading === undefined ? undefined : look.mapping;
}

/** A mapping names the columns of this very file, in their order. */
function fitting(mapping: Mapping, header: readonly string[]): Mapping {
  const isSame =
    mapping.columns.length === header.length && mapping.columns.every(({ header: name }, at) => name === header[at]);
  if (!isSame) throw new Problem(invalid('/mapping/columns', 'Name the columns of the file, in their order'));
  return mapping;
}

const invalid = (path: string, message: string) => refuse('input-invalid', undefined, [{ path, message }]);
