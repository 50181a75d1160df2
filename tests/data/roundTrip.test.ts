import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toPublished, type DirectoryRecord, type Entry, type Organisation, type PublishedEntry, type PublishedOrganisation } from '@waymark/domain';
import { read, readyDirectory, understand, UPLOAD_LIMITS, type RowOutcome } from '@waymark/import';
import { describe, expect, it } from 'vitest';
import { exportHsds } from '../../packages/services/src/snapshots/content/hsds/export.ts';

const starter = JSON.parse(readFileSync(join(import.meta.dirname, '../../data/starter-directory.json'), 'utf8')) as {
  entries: Entry[];
  organisations: Organisation[];
};
const ready = readyDirectory(starter);

function published<T>(type: 'entry' | 'organisation', doc: Entry | Organisation): T {
  const { id, slug } = doc;
  const at = '2026-01-01T00:00:00.000Z';
  const record = { id, slug, type, doc, state: 'active', revision: 1, contentHash: '', createdAt: at, updatedAt: at };
  return toPublished(record as DirectoryRecord) as T;
}

const entries = starter.entries.map((doc) => published<PublishedEntry>('entry', doc));
const organisations = new Map(starter.organisations.map((doc) => [doc.id, published<PublishedOrganisation>('organisation', doc)]));
const validity = { from: new Date('2026-11-28T00:00:00Z'), until: new Date('2027-03-10T00:00:00Z') };
const hsds = exportHsds(entries, organisations, validity);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function comesBack(file: Uint8Array): Promise<RowOutcome[]> {
  const { source } = await read(file, { limits: { ...UPLOAD_LIMITS, bytes: 50_000_000 } });
  if (!source) throw new Error('The file was refused');
  return understand(source, { columns: [], constants: {}, options: {} }, ready);
}

describe('what leaves the directory and comes back', () => {
  it.each([
    ['as documents', bytes(JSON.stringify(starter.entries))],
    ['as published entries', bytes(entries.map((entry) => JSON.stringify(entry)).join('\n'))],
    ['as a page of HSDS', bytes(hsds.page)],
    ['as tables of HSDS', hsds.zip],
  ])('says nothing new, %s', async (_, file) => {
    const outcomes = await comesBack(file);
    expect(outcomes.filter(({ action }) => action !== 'duplicate')).toEqual([]);
    expect(outcomes).toHaveLength(starter.entries.length);
  });
});
