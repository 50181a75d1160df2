import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { UPLOAD_LIMITS } from './limits.ts';
import { read } from './read.ts';
import type { ReadOptions } from './options.ts';

const utf16 = (text: string, order: 'le' | 'be', mark = true) => {
  const bytes = Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};
const latin1 = (text: string) => Buffer.from(text, 'latin1');

async function tableOf(input: string | Uint8Array, options?: Partial<ReadOptions>) {
  const { source, refusal } = await read(typeof input === 'string' ? Buffer.from(input) : input, options);
  return refusal ?? [source?.header, ...(source?.rows ?? []).map(({ cells }) => cells)];
}

describe('a table as text', () => {
  const NAMES = [
    ['Name', 'Tel'],
    ['Kinder-Notruf', '116111'],
    ['Línea', '+34 91'],
  ];
  it.each<[string, string | Uint8Array, string[][]]>([
    ['commas', 'Name,Tel\nKinder-Notruf,116111\nLínea,+34 91\n', NAMES],
    ['semicolons and CRLF', 'Name;Tel\r\nKinder-Notruf;116111\r\nLínea;+34 91', NAMES],
    ['tabs and CR', 'Name\tTel\rKinder-Notruf\t116111\rLínea\t+34 91\r', NAMES],
    ['bars', 'Name|Tel\nKinder-Notruf|116111\nLínea|+34 91', NAMES],
    ['carets', 'Name^Tel\nKinder-Notruf^116111\nLínea^+34 91', NAMES],
    ['a declared delimiter', 'sep=#\r\nName#Tel\nKinder-Notruf#116111\nLínea#+34 91', NAMES],
    ['a mark of UTF-8', '\uFEFFName,Tel\nKinder-Notruf,116111\nLínea,+34 91', NAMES],
    ['UTF-16 LE', utf16('Name,Tel\nKinder-Notruf,116111\nLínea,+34 91', 'le'), NAMES],
    ['UTF-16 BE', utf16('Name,Tel\nKinder-Notruf,116111\nLínea,+34 91', 'be'), NAMES],
    ['UTF-16 LE without a mark', utf16('Name,Tel\nKinder-Notruf,116111\nLínea,+34 91', 'le', false), NAMES],
    ['UTF-16 BE without a mark', utf16('Name,Tel\nKinder-Notruf,116111\nLínea,+34 91', 'be', false), NAMES],
    ['Windows-1252', latin1('Name,Tel\nKinder-Notruf,116111\nLínea,+34 91'), NAMES],
    [
      'UTF-16 of Russian without a mark',
      utf16('Имя,Тел\nЛиния помощи,1\n', 'le', false),
      [
        ['Имя', 'Тел'],
        ['Линия помощи', '1'],
      ],
    ],
    ['mixed line ends', 'Name,Tel\r\nKinder-Notruf,116111\nLínea,+34 91\r', NAMES],
    ['blank lines', '\n\nName,Tel\n\nKinder-Notruf,116111\n \n\nLínea,+34 91\n\n,\n', NAMES],
    [
      'an empty row between others',
      'a,b\n1,2\n,\n3,4\n,\n,\n',
      [
        ['a', 'b'],
        ['1', '2'],
        ['', ''],
        ['3', '4'],
      ],
    ],
    [
      'line ends in quotes',
      'a,b\n"x\ny","1\r\n2"\n',
      [
        ['a', 'b'],
        ['x\ny', '1\r\n2'],
      ],
    ],
    [
      'delimiters in quotes',
      'a;b\n"x;y";"1,2"\n',
      [
        ['a', 'b'],
        ['x;y', '1,2'],
      ],
    ],
    [
      'doubled quotes',
      'a,b\n"say ""hi""",2\n',
      [
        ['a', 'b'],
        ['say "hi"', '2'],
      ],
    ],
    [
      'quotes inside a cell',
      'a,b\nthe "Line",2\n',
      [
        ['a', 'b'],
        ['the "Line"', '2'],
      ],
    ],
    ['ragged rows', 'a,b,c\n1\n1,2,3,4\n', [['a', 'b', 'c'], ['1'], ['1', '2', '3', '4']]],
    [
      'lists inside cells',
      'a;b\nx, y, z;1, 2\nu, v;3\n',
      [
        ['a', 'b'],
        ['x, y, z', '1, 2'],
        ['u, v', '3'],
      ],
    ],
    ['one column', 'Name\nA\nB\n', [['Name'], ['A'], ['B']]],
    [
      'apostrophes before formulas',
      "a,b\n'=1+1,'+49 30\n",
      [
        ['a', 'b'],
        ['=1+1', '+49 30'],
      ],
    ],
    [
      'other apostrophes',
      "a,b\n'tis,O'Neill\n",
      [
        ['a', 'b'],
        ["'tis", "O'Neill"],
      ],
    ],
    [
      'letters of many scripts',
      'a,b\nنداء,子ども\n',
      [
        ['a', 'b'],
        ['نداء', '子ども'],
      ],
    ],
    [
      'more empty cells than columns',
      `a,b\n1,2${','.repeat(200)}\n`,
      [
        ['a', 'b'],
        ['1', '2', ...Array.from({ length: 62 }, () => '')],
      ],
    ],
  ])('with %s', async (_, input, rows) => {
    expect(await tableOf(input)).toEqual(rows);
  });

  it('says on which line of the file each row begins', async () => {
    const { source } = await read(Buffer.from('sep=,\na,b\n\n"x\ny",1\n2,3\n'));
    expect(source?.rows.map(({ row, line }) => [row, line])).toEqual([
      [1, 4],
      [2, 6],
    ]);
  });

  it('says how it was read', async () => {
    expect((await read(latin1('a;b\nLínea;1'))).source?.reading).toEqual({
      format: 'delimited',
      encoding: 'windows-1252',
      delimiter: ';',
    });
  });

  it('is read with the delimiter that a person chose', async () => {
    expect(await tableOf('a,b;c\n1,2;3', { delimiter: ',' })).toEqual([
      ['a', 'b;c'],
      ['1', '2;3'],
    ]);
  });
});

describe('a table on the clipboard', () => {
  it('is text alone, whatever its HTML holds', async () => {
    const html = `<html><style>td{color:red}</style><!--StartFragment--><table><tr><th>Name</th><th>Tel</th></tr>
      <tr><td><b>Kinder</b>&nbsp;&amp; Co<br>Line 2<script>alert(1)</script></td><td>0800&#32;111</td></tr></table>after`;
    expect(await tableOf(html)).toEqual([
      ['Name', 'Tel'],
      ['Kinder & Co\nLine 2', '0800 111'],
    ]);
  });

  it('has merged cells where they begin', async () => {
    const html = '<table><tr><td>a<td>b<td>c<tr><td rowspan=2>1<td colspan=2>2<tr><td>3<td>4</table>';
    expect(await tableOf(html)).toEqual([
      ['a', 'b', 'c'],
      ['1', '2', ''],
      ['', '3', '4'],
    ]);
  });

  it('is refused without a table', async () => {
    expect(await tableOf('<p>Name</p>')).toMatchObject({ code: 'format-unknown' });
  });
});

describe('what is refused, with its place', () => {
  const many = (n: number, text: string) => Array.from({ length: n }, () => text).join('');
  const cp1251 = Buffer.from(
    [...'a,b\n'].map((c) => c.charCodeAt(0)).concat([0xcb, 0xe8, 0xed, 0xe8, 0xff, 0x2c, 0xe4]),
  );
  it.each<[string, string | Uint8Array, object]>([
    ['nothing', '', { code: 'file-empty' }],
    ['a header alone', 'a,b\n', { code: 'file-empty' }],
    ['more than 5 MB', Buffer.alloc(5_000_001, 'a'), { code: 'file-too-large' }],
    ['5,001 rows', `a,b\n${many(5001, '1,2\n')}`, { code: 'too-many-rows', place: { line: 5002 } }],
    ['65 columns', `a,b\n1${',2'.repeat(64)}\n`, { code: 'too-many-columns', place: { line: 2, column: 65 } }],
    ['10,000 columns', `a${',b'.repeat(10_000)}`, { code: 'too-many-columns', place: { line: 1, column: 65 } }],
    [
      'a cell of 5,000 letters',
      `a,b\n1,2\n3,${many(5000, 'x')}\n`,
      { code: 'cell-too-long', place: { line: 3, column: 2 } },
    ],
    ['a cell of 4 MB', `a,b\n1,${many(4_000_000, 'x')}`, { code: 'cell-too-long', place: { line: 2 } }],
    ['an unclosed quote', 'a,b\n1,2\n3,"4\n5,6\n', { code: 'quote-unclosed', place: { line: 3 } }],
    ['a NUL', 'a,b\n1,\0\n', { code: 'nul-byte', place: { line: 2 } }],
    ['Cyrillic in eight bits', cp1251, { code: 'encoding-invalid', place: { byte: 4, line: 2 } }],
    ['letters of DOS', Buffer.from([0x61, 0x0a, 0x63, 0x61, 0x66, 0x82, 0x73]), { code: 'encoding-invalid' }],
    [
      'Turkish in eight bits',
      latin1('Ad,Tel\nbaþkanlýðý,1\n'),
      { code: 'encoding-invalid', place: { byte: 9, line: 2 } },
    ],
    [
      'two encodings at once',
      Buffer.concat([Buffer.from('a\né\n'), latin1('é')]),
      { code: 'encoding-invalid', place: { byte: 5, line: 3 } },
    ],
    [
      'UTF-8 by its mark alone',
      Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xe9]),
      { code: 'encoding-invalid', place: { byte: 4 } },
    ],
    [
      'half a character of UTF-16',
      Buffer.from([0xff, 0xfe, 0x61, 0, 0, 0xd8, 0x62, 0]),
      { code: 'encoding-invalid', place: { byte: 4 } },
    ],
    ['gzip', gzipSync(strToU8('a,b\n1,2')), { code: 'file-compressed' }],
    ['a ZIP of tables', zipSync({ 'a.csv': strToU8('a,b\n1,2') }), { code: 'file-compressed' }],
    ['bzip2', Buffer.from('BZh91AY'), { code: 'file-compressed' }],
    ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1]), { code: 'file-compressed' }],
    ['Zstandard', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1]), { code: 'file-compressed' }],
    ['7-Zip', Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 1]), { code: 'file-compressed' }],
    ['RAR', Buffer.from('Rar!\x1a\x07\x01'), { code: 'file-compressed' }],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), { code: 'format-unknown' }],
    ['a PDF', '%PDF-1.7', { code: 'format-unknown' }],
    ['broken JSON', '{"entries":[\n{"kind": }]}', { code: 'json-malformed', place: { line: 2 } }],
    ['JSON of others', '{"a":1}', { code: 'document-unknown' }],
    ['JSON of great depth', `[${many(100_000, '[')}${many(100_000, ']')}]`, { code: 'document-unknown' }],
    ['a long text in JSON', JSON.stringify([{ kind: 'x', names: many(20_000, 'x') }]), { code: 'cell-too-long' }],
  ])('%s', async (_, input, refusal) => {
    expect(await tableOf(input)).toMatchObject(refusal);
  });

  it('ends a stream at its limit, and reads no more of it', async () => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1;
        yield Buffer.alloc(1_000_000, 'a,b\n');
      }
    }
    expect(await read(endless())).toMatchObject({ refusal: { code: 'file-too-large' } });
    expect(given).toBe(6);
  });

  it('names the limit and the way out', async () => {
    const { refusal } = await read(Buffer.from('a\n1\n2\n'), { limits: { ...UPLOAD_LIMITS, rows: 1 } });
    expect(refusal?.detail).toBe(
      'Line 3: at most 1 rows are read at once. Split the file, or import it on the command line.',
    );
  });
});
