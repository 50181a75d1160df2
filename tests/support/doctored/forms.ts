// Each kind of file of a snapshot, with something else in it than the directory says.
import { gunzipSync, gzipSync } from 'node:zlib';
import { unzipSync, zipSync } from 'fflate';
import { SCHEMA_VERSION } from '@waymark/domain';

const OTHER = '4930000000';
const swapped = (text: string) => text.replaceAll('4930123456', OTHER);
/** The bytes of a form of the published number, with another of the same length in its place. */
const swapBytes = (bytes: Buffer) => Buffer.from(swapped(bytes.toString('latin1')), 'latin1');
const swapPacked = (bytes: Buffer) => gzipSync(swapped(gunzipSync(bytes).toString()));
const swapZipped = (bytes: Buffer) =>
  zipSync(
    Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, file]) => [name, swapBytes(Buffer.from(file))])),
  );
const rename = (bytes: Buffer) => Buffer.from(bytes.toString().replace('The added one', 'Something else'));
const open = (bytes: Buffer) => Buffer.from(bytes.toString().replace('"type":"object"', '"type":"array"'));

/** Paths, and what a server in bad hands would make of the file there. */
export const TAMPERED: readonly [path: string, edit: (bytes: Buffer) => Uint8Array][] = [
  ['v1/directory.csv', swapBytes],
  ['v1/directory.json', swapBytes],
  ['v1/directory.ndjson.gz', swapPacked],
  ['v1/directory.sqlite', swapBytes],
  ['v1/directory.html', swapBytes],
  ['v1/hsds.json', swapBytes],
  ['v1/hsds.zip', swapZipped],
  ['v1/by-country/DE.ndjson.gz', swapPacked],
  ['v1/delta/1-2.ndjson', swapBytes],
  ['v1/changelog.json', rename],
  ['v1/changelog.md', rename],
  ['v1/feed.atom', rename],
  [`v1/schema/record-${SCHEMA_VERSION}.json`, open],
];
