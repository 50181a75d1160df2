import { createHash } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createGzip } from 'node:zlib';
import type { SnapshotFile } from '@waymark/domain';

/** A file of a snapshot while it grows; nothing of it is kept in memory. */
export type StagedFile = {
  write(bytes: Buffer): Promise<void>;
  /** @returns what the manifest says of the file, once it is on disk */
  close(): Promise<SnapshotFile>;
  /** Lets go of it half-written, when something else failed. Never throws; nothing after `close`. */
  abandon(): Promise<void>;
};

/** Opens a new file of a snapshot below its staging folder. An older one of that name is replaced. */
export async function openStagedFile(dir: string, path: string, mediaType: string): Promise<StagedFile> {
  const file = join(dir, path);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // Never into the file that was there: the public tree may hold it under another name.
  await rm(file, { force: true });
  const handle = await open(file, 'wx', 0o600);
  const hash = createHash('sha256');
  let length = 0;
  return {
    async write(bytes) {
      hash.update(bytes);
      length += bytes.length;
      await handle.writeFile(bytes);
    },
    async close() {
      await handle.sync().finally(() => handle.close());
      return { path, mediaType, bytes: length, sha256: hash.digest('hex') };
    },
    async abandon() {
      await handle.close().catch(() => undefined);
    },
  };
}

/** Takes in a file that another program wrote into the staging folder. @returns what the manifest says of it */
export async function stageWritten(dir: string, path: string, mediaType: string): Promise<SnapshotFile> {
  const handle = await open(join(dir, path), 'r+');
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of handle.createReadStream({ autoClose: false, highWaterMark: 256 * 1024 })) {
      const read = chunk as Buffer; // No encoding is set.
      hash.update(read);
      bytes += read.length;
    }
    await handle.sync();
    return { path, mediaType, bytes, sha256: hash.digest('hex') };
  } finally {
    await handle.close();
  }
}

/** Writes a small file in one go. */
export async function stageText(
  dir: string,
  path: string,
  mediaType: string,
  text: string | Uint8Array,
): Promise<SnapshotFile> {
  const file = await openStagedFile(dir, path, mediaType);
  await file.write(
    typeof text === 'string' ? Buffer.from(text) : Buffer.from(text.buffer, text.byteOffset, text.length),
  );
  return file.close();
}

/** Chunks that may wait for compression, which runs beside us: enough to keep it busy, few enough for the memory. */
const WAITING = 8;

/** A file that is compressed while it grows. Its header holds neither time nor machine: the same text, the same bytes. */
export async function openGzippedFile(dir: string, path: string): Promise<StagedFile> {
  const sink = await openStagedFile(dir, path, 'application/gzip');
  const gzip = createGzip({ level: 6 });
  const drained = (async () => {
    let isFirst = true;
    for await (const chunk of gzip) {
      const bytes = chunk as Buffer; // A byte stream in binary mode.
      // RFC 1952: byte 9 names the operating system; 255 is "unknown". The time, bytes 4 to 7, is 0 already.
      if (isFirst) bytes[9] = 255;
      isFirst = false;
      await sink.write(bytes);
    }
  })();
  // Awaited in `close`; without this a full disk would end the process before anybody is told.
  drained.catch(() => undefined);
  const waiting: Promise<void>[] = [];
  const settled = async (work: Promise<void> | undefined) => {
    await work?.catch(async (error: unknown) => {
      await drained; // When writing fails, the reason is what stopped the other end.
      throw error;
    });
  };
  return {
    async write(bytes) {
      const compressed = new Promise<void>((resolve, reject) => {
        gzip.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
      compressed.catch(() => undefined);
      waiting.push(compressed);
      if (waiting.length > WAITING) await settled(waiting.shift());
    },
    async close() {
      for (const work of waiting) await settled(work);
      gzip.end();
      await drained;
      return sink.close();
    },
    async abandon() {
      gzip.destroy();
      await drained.catch(() => undefined);
      await sink.abandon();
    },
  };
}
