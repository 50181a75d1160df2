import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import readXlsxFile from 'read-excel-file/node';
import { UPLOAD_LIMITS } from '../limits.ts';
import type { ReadOptions } from '../options.ts';
import { read } from '../read.ts';
import { writeXlsx } from '../../write/xlsx.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

type Parts = Record<string, string>;

/** A workbook as office programs write it: the rows of its sheets, and parts to add or to replace. */
function workbook(sheets: Record<string, string>, parts: Parts = {}, properties = ''): Uint8Array {
  const names = Object.keys(sheets);
  const whole: Parts = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr ${properties}/><sheets>${names
      .map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names
      .map((_, at) => `<Relationship Id="rId${at}" Type="${RELATIONS}/worksheet" Target="worksheets/s${at}.xml"/>`)
      .join('')}</Relationships>`,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, at) => [
        `xl/worksheets/s${at}.xml`,
        `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
    ...parts,
  };
  return zipSync(Object.fromEntries(Object.entries(whole).map(([name, text]) => [name, strToU8(text)])));
}

/** Cells of one row; each is the inside of its element, or with its attributes. */
const row = (...cells: string[]) =>
  `<row>${cells.map((cell) => (cell.startsWith('<c') ? cell : `<c>${cell}</c>`)).join('')}</row>`;
const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const HEAD = row(text('a'), text('b'));

async function cellsOf(bytes: Uint8Array, options?: Partial<ReadOptions>) {
  const { source, refusal } = await read(bytes, options);
  return refusal ?? source?.rows.map(({ cells }) => cells);
}

const FORMATS = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/><numFmt numFmtId="165" formatCode="[Red]0.00&quot; days&quot;"/><numFmt numFmtId="166" formatCode="0000000"/><numFmt numFmtId="167" formatCode="&quot;+&quot;0"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs></styleSheet>`;

describe('a workbook', () => {
  it.each<[string, string, string]>([
    ['a short code', '<v>116111</v>', '116111'],
    ['a long number', '<v>498001110111</v>', '498001110111'],
    ['a number with an exponent', '<v>4.98001110111E11</v>', '498001110111'],
    ['more digits than there are', '<v>1.1000000000000001</v>', '1.1'],
    ['a number shown with zeros in front', '<c s="6"><v>800111</v></c>', '0800111'],
    ['a number shown with a plus', '<c s="7"><v>4930123</v></c>', '+4930123'],
    ['a day', '<c s="1"><v>45991</v></c>', '2025-11-30'],
    ['a day in another format', '<c s="2"><v>45991</v></c>', '2025-11-30'],
    ['a day and a time', '<c s="4"><v>45991.604166666664</v></c>', '2025-11-30T14:30:00'],
    ['a time', '<c s="5"><v>0.375</v></c>', '09:00'],
    ['a number with a unit', '<c s="3"><v>3</v></c>', '3'],
    ['a day of ISO', '<c t="d"><v>2025-11-30T00:00:00</v></c>', '2025-11-30'],
    ['yes', '<c t="b"><v>1</v></c>', 'TRUE'],
    ['an error', '<c t="e"><v>#N/A</v></c>', '#N/A'],
    ['a shared text', '<c t="s"><v>1</v></c>', 'one two'],
    ['a text with entities', text('A &amp; B &#233;'), 'A & B é'],
    ['a text with an escaped letter', text('a_x000D_b_x005F_x0041_'), 'a\rb_x0041_'],
    ['a text that no file knows', '<c t="s"><v>9</v></c>', ''],
  ])('gives %s as it is read by people', async (_, cell, expected) => {
    const strings =
      '<sst><si><t>zero</t></si><si><r><t>one </t></r><r><t>two</t></r><rPh><t>spoken</t></rPh></si></sst>';
    const parts = { 'xl/styles.xml': FORMATS, 'xl/sharedStrings.xml': strings };
    expect(await cellsOf(workbook({ A: HEAD + row(text('x'), cell) }, parts))).toEqual([
      ['x', expected].filter(Boolean).concat(expected === '' ? [''] : []),
    ]);
  });

  it('counts days from 1904 where it says so', async () => {
    const bytes = workbook(
      { A: HEAD + row('<c s="1"><v>44529</v></c>') },
      { 'xl/styles.xml': FORMATS },
      'date1904="1"',
    );
    expect(await cellsOf(bytes)).toEqual([['2025-11-30']]);
  });

  it('gives what a formula came to, and says that it was one', async () => {
    const rows = row(text('x'), '<c t="str"><f>CONCATENATE(A1,"1")</f><v>x1</v></c>', '<f>NOW()</f>');
    const { source } = await read(workbook({ A: HEAD + rows }));
    expect(source?.rows).toEqual([{ row: 1, line: 2, cells: ['x', 'x1', ''], formulas: [1, 2] }]);
  });

  it('has hidden rows too, and the numbers that rows have in the sheet', async () => {
    const rows = `<row r="3">${text('a')}</row><row r="7" hidden="1"><c r="C7"><v>1</v></c></row>`;
    const { source } = await read(workbook({ A: rows }));
    expect(source?.rows).toEqual([{ row: 1, line: 7, cells: ['', '', '1'], hidden: true }]);
  });

  it('gives its first sheet, or the one that is asked for', async () => {
    const bytes = workbook({ One: HEAD + row('<v>1</v>'), Two: HEAD + row('<v>2</v>') });
    const { source } = await read(bytes);
    expect([source?.reading, source?.rows[0]?.cells]).toEqual([
      { format: 'xlsx', sheet: 'One', sheets: ['One', 'Two'] },
      ['1'],
    ]);
    expect(await cellsOf(bytes, { sheet: 'Two' })).toEqual([['2']]);
    expect(await cellsOf(bytes, { sheet: 'Three' })).toMatchObject({ code: 'sheet-unknown' });
  });
});

/** The archive with another number in a field of what its directory says of the last file, the sheet. */
function forged(bytes: Uint8Array, field: number, value: number): Uint8Array {
  const copy = Buffer.from(bytes);
  const at = copy.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  copy.writeUInt32LE(value, at + field);
  return copy;
}

describe('a workbook is refused', () => {
  const many = (n: number, part: string) => Array.from({ length: n }, () => part).join('');
  const small = workbook({ A: HEAD + row('<v>1</v>') });
  const table = (rows: string) => workbook({ A: HEAD + rows });
  it.each<[string, Uint8Array, object]>([
    [
      'with 5,001 rows',
      table(many(5001, '<row><c><v>1</v></c></row>')),
      { code: 'too-many-rows', place: { sheet: 'A', line: 5002 } },
    ],
    [
      'with a cell in column XFD',
      table('<row r="2"><c r="XFD2"><v>1</v></c></row>'),
      { code: 'too-many-columns', place: { line: 2 } },
    ],
    [
      'with a cell of 5,000 letters',
      table(row(text(many(5000, 'x')))),
      { code: 'cell-too-long', place: { line: 2, column: 1 } },
    ],
    [
      'with entities of its own',
      workbook({}, { 'xl/workbook.xml': '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook/>' }),
      { code: 'archive-unsafe' },
    ],
    [
      'with a billion laughs',
      workbook(
        { A: HEAD },
        { 'xl/sharedStrings.xml': '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst>&b;</sst>' },
      ),
      { code: 'archive-unsafe' },
    ],
    [
      'that is packed far too small',
      workbook({ A: HEAD }, { 'xl/big.xml': many(5_000_000, ' ') }),
      { code: 'archive-unsafe' },
    ],
    [
      'with names that lead elsewhere',
      workbook({ A: HEAD }, { '../../etc/cron.d/x': 'x' }),
      { code: 'archive-unsafe' },
    ],
    [
      'with 501 files',
      workbook({ A: HEAD }, Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`x${n}`, 'x']))),
      { code: 'archive-unsafe' },
    ],
    ['that says it is larger than allowed', forged(small, 24, 4_000_000_000), { code: 'archive-unsafe' }],
    ['that says it is smaller than it is', forged(small, 24, 3), { code: 'archive-unsafe' }],
    ['that is encrypted', forged(small, 6, 0x0001_0014), { code: 'archive-unsafe' }],
    ['without a sheet', workbook({}), { code: 'workbook-broken' }],
    [
      'without the part of its sheet',
      workbook(
        { A: HEAD },
        {
          'xl/_rels/workbook.xml.rels': `<x><Relationship Id="rId0" Type="${RELATIONS}/worksheet" Target="gone.xml"/></x>`,
        },
      ),
      { code: 'workbook-broken' },
    ],
    [
      'that is cut off inside',
      workbook({ A: HEAD }, { 'xl/worksheets/s0.xml': '<worksheet><sheetData><row><c><v>1</v>' }),
      { code: 'workbook-broken' },
    ],
    ['that is cut off', small.subarray(0, small.length - 40), { code: 'archive-unsafe' }],
    ['in binary', workbook({}, { 'xl/workbook.bin': 'x' }), { code: 'format-unknown' }],
  ])('%s', async (_, bytes, refusal) => {
    expect(await cellsOf(bytes)).toMatchObject(refusal);
  });

  it('whose one text is shared by more cells than can be kept', async () => {
    const strings = `<sst><si><t>${many(4000, 'x')}</t></si></sst>`;
    const rows = many(40, row(...Array.from({ length: 60 }, () => '<c t="s"><v>0</v></c>')));
    const bytes = workbook({ A: HEAD + rows }, { 'xl/sharedStrings.xml': strings });
    expect(await cellsOf(bytes, { limits: { ...UPLOAD_LIMITS, unpacked: 5_000_000 } })).toMatchObject({
      code: 'archive-unsafe',
    });
  });
});

it('what is written is text for an outside reader too', async () => {
  const rows = [
    ['Name', 'Tel'],
    ['Line', '+49 30 1'],
    ['=1+1', '0800111'],
    ['', '116111'],
  ];
  const [sheet] = await readXlsxFile(await writeXlsx(rows));
  expect(sheet?.data).toEqual([
    ['Name', 'Tel'],
    ['Line', '+49 30 1'],
    ['=1+1', '0800111'],
    [null, '116111'],
  ]);
});
