import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SCHEMA_VERSION } from '@waymark/domain';
import { createDirectoryDatabase } from '@waymark/store';
import { openStagedFile, stageWritten } from '../stagedFile.ts';
import type { Form } from './form.ts';

const PATH = 'v1/directory.sqlite';

/** `v1/directory.sqlite`: the same records in tables, for apps that query. */
export async function openSqliteForm(dir: string): Promise<Form> {
  // Makes the folder; the database itself is put there whole, when it is complete.
  await (await openStagedFile(dir, PATH, 'application/vnd.sqlite3')).close();
  const working = join(dir, 'directory.building.sqlite');
  const database = createDirectoryDatabase(working, SCHEMA_VERSION);
  return {
    async write(batch) {
      for (const { record, line } of batch) database.insert(record, line);
    },
    async close(tombstones) {
      for (const tombstone of tombstones) database.insertTombstone(tombstone);
      await rm(join(dir, PATH));
      database.finish(join(dir, PATH));
      await rm(working);
      return [await stageWritten(dir, PATH, 'application/vnd.sqlite3')];
    },
    async abandon() {
      database.abandon();
    },
  };
}
