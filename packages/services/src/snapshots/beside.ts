import type { DifferingRecord, PublishedRecord } from '@waymark/domain';
import type { PublishedLine } from './directory.ts';
import { linesOf, noLines, targetFile, type CurrentSnapshot } from './tree.ts';

/**
 * Passes the records of a directory on as they come, and tells on the way of each that is not as it was: the directory is
 * compared while it is built, and nothing is read again for it. Lines that are the same are not parsed.
 * @param records sorted by id; @param before canonical lines, sorted by id
 * @param differs told by id; told everything when the last record has passed
 */
export async function* beside(
  records: AsyncIterable<PublishedLine>,
  before: AsyncIterable<string>,
  differs: (pair: DifferingRecord) => void,
): AsyncGenerator<PublishedLine> {
  const old = before[Symbol.asyncIterator]();
  const next = async (): Promise<Old | undefined> => {
    const { done, value } = await old.next();
    return done ? undefined : { line: value, record: undefined };
  };
  let left = await next();
  for await (const published of records) {
    const { record, line } = published;
    while (left && left.line !== line && recordOf(left).id < record.id) {
      differs({ was: recordOf(left), is: undefined });
      left = await next();
    }
    if (left?.line === line) left = await next();
    else if (left && recordOf(left).id === record.id) {
      differs({ was: recordOf(left), is: record });
      left = await next();
    } else differs({ was: undefined, is: record });
    yield published;
  }
  for (; left; left = await next()) differs({ was: recordOf(left), is: undefined });
}

/** A line of before, and the record once it was needed. */
type Old = { line: string; record: PublishedRecord | undefined };

function recordOf(old: Old): PublishedRecord {
  old.record ??= JSON.parse(old.line) as PublishedRecord; // We wrote the line, and its file has the signed hash.
  return old.record;
}

/** What clients have now, as lines; nothing before the first snapshot. @throws as `linesOf` */
export function currentLines(repoDir: string, current: CurrentSnapshot | undefined): AsyncGenerator<string> {
  if (!current) return noLines();
  const { contentDigest } = current.manifest;
  return linesOf(targetFile(repoDir, 'v1/directory.ndjson', contentDigest), contentDigest);
}
