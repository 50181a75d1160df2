import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { toPublished, type Entry, type Organisation } from '@waymark/domain';
import {
  ENTRY_HEADER,
  guessMapping,
  MappingProfile,
  read,
  REPORT_COLUMNS,
  toEntryRow,
  writeCsv,
} from '@waymark/import';
import { auditHead, findRecord } from '@waymark/store';
import { inProcess } from '../../../../tests/support/inProcess.ts';
import { temporaryFolder } from '../../../../tests/support/tree.ts';
import { amend, enterEntry, newWorld } from '../../../../tests/support/world.ts';
import { importCommand } from './import.ts';

const data = (name: string) => fileURLToPath(new URL(`../../../../data/${name}`, import.meta.url));
const SAMPLE = data('messy-sample.csv');
const STARTER = data('starter-directory.json');

afterEach(() => {
  process.exitCode = undefined;
});

async function dryRun(...args: string[]) {
  process.exitCode = undefined;
  const said = await inProcess(importCommand(), args);
  return { said, exitCode: process.exitCode };
}

/** A file with this content, in a folder of its own. */
async function fileOf(content: string | Uint8Array, name = 'list.csv'): Promise<string> {
  const file = join(await temporaryFolder(), name);
  await writeFile(file, content);
  return file;
}

/** The report holds every row of the sample as it was sent, with what becomes of it, and can be sent again as it is. */
async function expectReport(file: string): Promise<void> {
  const [sent, { source }] = [(await read(await readFile(SAMPLE))).source, await read(await readFile(file))];
  if (!source || !sent) throw new Error('A table was refused');
  const own = REPORT_COLUMNS.length;
  expect(source.header.slice(0, own)).toEqual(REPORT_COLUMNS);
  expect(source.rows.map(({ cells }) => cells[0])).toEqual(sent.rows.map(({ row }) => String(row)));
  const textOf = (cells: string[]) => cells.join('\n').trimEnd();
  expect(source.rows.map(({ cells }) => textOf(cells.slice(own)))).toEqual(sent.rows.map(({ cells }) => textOf(cells)));
  expect(source.rows[62]?.cells.slice(2, 7)).toEqual([
    'rejected',
    '',
    'unknown-country',
    'Country',
    expect.stringContaining('Write its name in full'),
  ]);
  const again = guessMapping(source).mapping.columns.map(({ field }) => field);
  expect(again.slice(0, own)).toEqual(REPORT_COLUMNS.map(() => null));
  expect(again.slice(own)).toEqual(guessMapping(sent).mapping.columns.map(({ field }) => field));
}

describe('the messy sample', () => {
  it('prints how it was read, what its columns mean, how many rows became what, and each row on a line, and a report', async () => {
    const report = join(await temporaryFolder(), 'report.csv');
    const { said, exitCode } = await dryRun(SAMPLE, '--directory', STARTER, '--report', report);
    expect(said).toContain('delimited text, utf-8; cells parted by ","; 14 columns; 70 rows');
    expect(said).toContain('Country → country; certain: The name of the column and what stands in it say it.');
    const counted = [...said.matchAll(/^ +(\d+) (?:new|update|duplicate|rejected|needs a decision)$/gm)];
    expect(counted).toHaveLength(5);
    expect(counted.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(70);
    const rows = [...said.matchAll(/^row (\d+) \(line \d+\)/gm)].map(([, row]) => Number(row));
    expect(rows).toEqual(Array.from({ length: 70 }, (_, at) => at + 1));
    expect(said).toContain('rejected (unknown-country) in column "Country": No country is known by this name.');
    expect(said).toContain(
      'needs a decision: It may be one of these entries, or a new one. ng-acsai "ACSAI hotline", score ',
    );
    expect(said).toContain(
      'Contact (/channels/report/value): https://support.snapchat.com/en-US/i-need-help → https://help.snapchat.com/hc/en-us/requests/new',
    );
    expect(said).toContain('CHECK Phone(s) "0800 1111" → "08001111": Known to work inside the country only.');
    expect(said).toContain('LEFT OUT Last checked "2026-02-30": There is no such day.');
    expect(said).toMatch(/Dry run: nothing was proposed.*\n$/);
    expect(exitCode).toBe(2);
    await expectReport(report);
  });

  it('is one line of JSON for the file and one for each row, for programs, and a report as a workbook', async () => {
    const report = join(await temporaryFolder(), 'report.xlsx');
    const { said } = await dryRun(SAMPLE, '--directory', STARTER, '--json', '--report', report);
    const [file, ...rows] = said
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { rows?: number; dryRun?: boolean; action?: string });
    expect(file).toMatchObject({
      dryRun: true,
      rows: 70,
      reading: { format: 'delimited' },
      guesses: expect.anything(),
    });
    expect(rows).toHaveLength(70);
    expect(rows.filter(({ action }) => action === 'decide')).toHaveLength(1);
    await expectReport(report);
  });
});

describe('an installation', () => {
  const list =
    'Name,Country,Website,Phone\nHelpline of the town,Germany,https://help.example.org/form,+49 30 7654321\n';

  it('is compared with, and is byte for byte as it was', async () => {
    const world = await newWorld();
    await enterEntry(world, { names: { en: { text: 'Helpline of the town' } }, slug: 'de-town' });
    const files = () => Promise.all(['', '-wal'].map((end) => readFile(`${world.file}${end}`, 'base64')));
    const before = await files();
    const head = await auditHead(world.store.read);
    const { said, exitCode } = await dryRun(await fileOf(list), '--data', world.dir);
    expect(said).toContain(`Compared with ${world.dir}: 1 entries`);
    expect(said).toContain(
      'update of de-town "Helpline of the town"; Channel (/channels/tel-2): nothing → phone +49307654321',
    );
    expect(exitCode).toBeUndefined();
    expect(await files()).toEqual(before);
    expect(await auditHead(world.store.read)).toEqual(head);
    expect((await readdir(world.dir)).filter((name) => !name.startsWith('waymark.sqlite'))).toEqual([]);
  });

  it('gets its own table back: only what was edited changes, and nothing that was changed meanwhile is undone', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world, { slug: 'de-town' });
    const record = await findRecord(world.store.read, id);
    const cells = toEntryRow({ doc: record?.doc as Entry, revision: 1 });
    await amend<Entry>(world, id, (entry) => ({ ...entry, ages: { min: 10 } }));
    const edited = cells.map((cell, at) => (ENTRY_HEADER[at] === 'locatedIn' ? 'DE' : cell));
    let text = '';
    for await (const line of writeCsv([ENTRY_HEADER, edited])) text += line;
    const report = join(await temporaryFolder(), 'report.csv');
    const { said, exitCode } = await dryRun(await fileOf(text), '--data', world.dir, '--report', report);
    expect(said).toContain("This is Waymark's own table of entries");
    expect(said).toMatch(/^row 1 \(line 2\).*: update of de-town "[^"]+"; [^;]*\(\/locatedIn\): nothing → DE$/m);
    expect(exitCode).toBeUndefined();
    const again = await dryRun(report, '--data', world.dir);
    expect(again.said).toContain('(/locatedIn): nothing → DE');
  });

  it('can be its published directory.json instead', async () => {
    const starter = JSON.parse(await readFile(STARTER, 'utf8')) as { entries: Entry[]; organisations: Organisation[] };
    const [entry] = starter.entries;
    const organisation = starter.organisations.find(({ id }) => id === entry?.organisation);
    if (!entry || !organisation) throw new Error('The starter directory is empty');
    const common = { state: 'active', revision: 1, contentHash: '', createdAt: '', updatedAt: '' } as const;
    const records = [
      toPublished({
        ...common,
        id: entry.id,
        slug: entry.slug,
        type: 'entry',
        doc: { ...entry, publishTo: { web: false } },
      }),
      toPublished({ ...common, id: organisation.id, slug: organisation.slug, type: 'organisation', doc: organisation }),
    ];
    const published = await fileOf(JSON.stringify({ schema: '1.2', records }), 'directory.json');
    const { said } = await dryRun(await fileOf(`id,Name\n${entry.id},x\n`), '--directory', published);
    expect(said).toContain(`Compared with ${published}: 1 entries`);
  });
});

describe('a profile', () => {
  it('is written from the guess, corrected by hand, and says what the columns mean', async () => {
    const file = await fileOf(
      'Wie es heißt,Wo,Wohin,Neu\nKinderschutz Beispielstadt,Deutschland,https://example.org/hilfe,x\n',
    );
    const profile = join(await temporaryFolder(), 'partner.json');
    await dryRun(file, '--directory', STARTER, '--save-profile', profile);
    const saved = MappingProfile.parse(JSON.parse(await readFile(profile, 'utf8')));
    expect(saved.name).toBe('list');
    const fields = ['name', 'country', 'website'] as const;
    saved.mapping.columns = saved.mapping.columns
      .slice(0, 3)
      .map((column, at) => ({ ...column, field: fields[at] ?? null }));
    saved.mapping.columns.push({ header: 'Telefon', field: 'phone' });
    saved.mapping.constants = { kind: 'child-helpline' };
    await writeFile(profile, JSON.stringify(saved));
    const { said, exitCode } = await dryRun(file, '--directory', STARTER, '--profile', profile);
    expect(said).toContain('COLUMNS, as the profile "list" says\n  Wie es heißt → name\n');
    expect(said).toContain('kind is "child-helpline" where no cell says it');
    expect(said).toContain('CHECK Neu: the profile does not know this column');
    expect(said).toContain('CHECK Telefon: the profile reads this column, and the file has none');
    expect(said).toContain(
      '"Kinderschutz Beispielstadt": new, child-helpline for DE, run by "Kinderschutz Beispielstadt" (new): url https://example.org/hilfe',
    );
    expect(exitCode).toBeUndefined();
  });

  it('that is wrong is refused by the name of its field', async () => {
    const profile = await fileOf(
      '{"name":"P","mapping":{"columns":[{"header":"Name","field":"nom"}]}}',
      'partner.json',
    );
    const run = dryRun(SAMPLE, '--directory', STARTER, '--profile', profile);
    await expect(run).rejects.toThrow(/partner\.json is no mapping profile.*\n {2}\/mapping\/columns\/0\/field: /);
    const broken = await fileOf('{"name":', 'broken.json');
    await expect(dryRun(SAMPLE, '--directory', STARTER, '--profile', broken)).rejects.toThrow(
      'broken.json is not valid JSON',
    );
  });
});

describe('refused, with nothing written,', () => {
  it('is a compressed file', async () => {
    const folder = await temporaryFolder();
    const made = ['--report', join(folder, 'report.csv'), '--save-profile', join(folder, 'profile.json')];
    const run = dryRun(await fileOf(gzipSync('Name\nx\n'), 'list.csv.gz'), '--directory', STARTER, ...made);
    await expect(run).rejects.toThrow('list.csv.gz is refused (file-compressed): Compressed files are not taken.');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is a report over a file that exists, or in another format', async () => {
    const there = await fileOf('mine', 'report.csv');
    await expect(dryRun(SAMPLE, '--directory', STARTER, '--report', there)).rejects.toThrow('exists already');
    expect(await readFile(there, 'utf8')).toBe('mine');
    await expect(dryRun(SAMPLE, '--directory', STARTER, '--report', 'report.pdf')).rejects.toThrow('.csv or .xlsx');
  });

  it('is a directory that is none', async () => {
    await expect(dryRun(SAMPLE, '--directory', await fileOf('[{"kind":"x","slug":"odd"}]', 'd.json'))).rejects.toThrow(
      'd.json is no directory that can be compared with: odd',
    );
  });
});
