import { createHash } from 'node:crypto';

/**
 * A UUID that follows from another one and a path below it (RFC 9562 §5.5), so that two exports of the same data agree.
 * @param namespace the record's own id
 */
export function uuidV5(namespace: string, path: string): string {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  const bytes = createHash('sha1').update(space).update(path).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
