// What people open a table with: LibreOffice where it is installed, and everywhere a reader and writer that is not ours.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { read, write, type BookType } from '@e965/xlsx';
import { temporaryFolder } from './tree.ts';

export type TableFormat = 'csv' | 'xlsx';
export type SpreadsheetProgram = {
  name: string;
  /** Opens each file as it is, with nothing chosen by hand, and saves it. @returns what was saved, in the same order */
  openAndSave(files: readonly Uint8Array[], from: TableFormat, to: TableFormat): Promise<Uint8Array[]>;
};

const sheetJs: SpreadsheetProgram = {
  name: 'SheetJS',
  async openAndSave(files, _from, to) {
    const bookType: BookType = to;
    // Without the text it was read from: what a cell says is what the program took it for.
    const open = (file: Uint8Array) => read(file, { cellText: false });
    return files.map((file) => new Uint8Array(write(open(file), { type: 'buffer', bookType }) as Buffer));
  },
};

/** Text of UTF-8, commas, quotes; every column as the program understands it by itself. */
const CSV = 'Text - txt - csv (StarCalc):44,34,76,1';

const libreOffice = (soffice: string): SpreadsheetProgram => ({
  name: 'LibreOffice',
  async openAndSave(files, from, to) {
    const [opened, saved, profile] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
    const names = files.map((_, at) => `table-${at}`);
    const paths = names.map((name) => join(opened, `${name}.${from}`));
    await Promise.all(paths.map((path, at) => writeFile(path, files[at]!)));
    await promisify(execFile)(soffice, [
      // A profile of its own: nothing of whoever runs the tests, and no second LibreOffice in its way.
      `-env:UserInstallation=${pathToFileURL(profile).href}`,
      '--headless',
      ...(from === 'csv' ? [`--infilter=${CSV}`] : []),
      '--convert-to',
      to === 'csv' ? `csv:${CSV}` : 'xlsx',
      '--outdir',
      saved,
      ...paths,
    ]);
    return Promise.all(names.map((name) => readFile(join(saved, `${name}.${to}`))));
  },
});

/** The programs of this machine. */
export function spreadsheetPrograms(): SpreadsheetProgram[] {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/Applications/LibreOffice.app/Contents/MacOS'];
  const soffice = folders.map((folder) => join(folder, 'soffice')).find((path) => existsSync(path));
  return soffice === undefined ? [sheetJs] : [sheetJs, libreOffice(soffice)];
}
