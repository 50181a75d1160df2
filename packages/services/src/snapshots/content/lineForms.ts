import { SCHEMA_VERSION } from '@waymark/domain';
import { openGzippedFile, openStagedFile } from '../stagedFile.ts';
import type { Form } from './form.ts';

/** `v1/directory.ndjson`, the same compressed, and the same as one object: written side by side from the same lines. */
export async function openLineForms(dir: string): Promise<Form & { contentDigest(): string }> {
  const json = await openStagedFile(dir, 'v1/directory.json', 'application/json');
  const ndjson = await openStagedFile(dir, 'v1/directory.ndjson', 'application/x-ndjson');
  const gzipped = await openGzippedFile(dir, 'v1/directory.ndjson.gz');
  await json.write(Buffer.from(`{"schema":${JSON.stringify(SCHEMA_VERSION)},"records":[`));
  let isFirst = true;
  let contentDigest = '';
  return {
    async write(batch) {
      if (batch.length === 0) return;
      const bytes = Buffer.from(`${batch.map(({ line }) => line).join('\n')}\n`);
      await ndjson.write(bytes);
      await gzipped.write(bytes);
      await json.write(asMembers(bytes, batch.length, isFirst));
      isFirst = false;
    },
    async close() {
      const canonical = await ndjson.close();
      contentDigest = canonical.sha256;
      // The digest stands last because it is known last: nothing is read twice or kept for it.
      await json.write(Buffer.from(`\n],"contentDigest":"${contentDigest}"}\n`));
      return [await json.close(), canonical, await gzipped.close()];
    },
    async abandon() {
      for (const file of [json, ndjson, gzipped]) await file.abandon();
    },
    contentDigest: () => contentDigest,
  };
}

/** The same lines as members of a list: encoded once, because that is half of the work. */
function asMembers(lines: Buffer, count: number, isFirst: boolean): Buffer {
  const members = Buffer.allocUnsafe(lines.length + count);
  let length = 0;
  for (let start = 0; start < lines.length;) {
    const end = lines.indexOf(LINE_FEED, start);
    if (start > 0 || !isFirst) length = members.writeUInt8(COMMA, length);
    length = members.writeUInt8(LINE_FEED, length);
    length += lines.copy(members, length, start, end);
    start = end + 1;
  }
  return members.subarray(0, length);
}

const LINE_FEED = 10;
const COMMA = 44;
