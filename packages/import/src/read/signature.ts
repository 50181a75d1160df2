import { ReadProblem } from './refusal.ts';

type Signature = { bytes: readonly number[]; at?: number; is: string };

const COMPRESSED: readonly Signature[] = [
  { bytes: [0x1f, 0x8b], is: 'gzip' },
  { bytes: [0x42, 0x5a, 0x68], is: 'bzip2' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], is: 'xz' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], is: 'Zstandard' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], is: '7-Zip' },
  { bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], is: 'RAR' },
  { bytes: [0x04, 0x22, 0x4d, 0x18], is: 'LZ4' },
  { bytes: [0x1f, 0x9d], is: 'compress' },
  { bytes: [0x4c, 0x5a, 0x49, 0x50], is: 'lzip' },
  { bytes: [0x75, 0x73, 0x74, 0x61, 0x72], at: 257, is: 'tar' },
];

const OTHERS: readonly Signature[] = [
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], is: 'an old Excel file (.xls), or a workbook with a password' },
  { bytes: [0x25, 0x50, 0x44, 0x46], is: 'a PDF' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], is: 'a picture' },
  { bytes: [0xff, 0xd8, 0xff], is: 'a picture' },
  { bytes: [0x47, 0x49, 0x46, 0x38], is: 'a picture' },
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], is: 'a text with formatting (RTF)' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], is: 'a database' },
  { bytes: [0x50, 0x41, 0x52, 0x31], is: 'a Parquet file' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], is: 'a program' },
  { bytes: [0x4d, 0x5a, 0x90], is: 'a program' },
];

const ZIP: readonly Signature[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], is: 'zip' },
  { bytes: [0x50, 0x4b, 0x05, 0x06], is: 'zip' },
  { bytes: [0x50, 0x4b, 0x07, 0x08], is: 'zip' },
];

function find(bytes: Uint8Array, signatures: readonly Signature[]): string | undefined {
  return signatures.find(({ bytes: wanted, at = 0 }) => wanted.every((byte, n) => bytes[at + n] === byte))?.is;
}

/**
 * What the first bytes say, whatever the file is called: an archive that may be a workbook or a package, or text.
 * @throws ReadProblem file-compressed, format-unknown
 */
export function sniff(bytes: Uint8Array): 'zip' | 'text' {
  const packed = find(bytes, COMPRESSED);
  if (packed !== undefined) throw compressed(packed);
  const other = find(bytes, OTHERS);
  if (other !== undefined)
    throw new ReadProblem(
      'format-unknown',
      `This is ${other}. Save the table as XLSX without a password, or as "CSV UTF-8".`,
    );
  return find(bytes, ZIP) === undefined ? 'text' : 'zip';
}

/** Says that an archive is neither a workbook nor a package of HSDS. */
export function compressed(format: string): ReadProblem {
  return new ReadProblem(
    'file-compressed',
    `The file is packed (${format}). Unpack it and send the table that is in it.`,
  );
}
