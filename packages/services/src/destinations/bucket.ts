import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { DestinationProblem, type Destination } from './destination.ts';
import { headersOf } from './headers.ts';
import type { BucketSettings } from './settings.ts';

/** Objects one request may delete (S3 DeleteObjects). */
const DELETED_AT_ONCE = 1000;

/**
 * An S3-compatible bucket. Every object carries its own SHA-256, since ETags are no hashes everywhere. Files that are
 * written once are put with `If-None-Match: *`, so that two writers cannot both succeed; services that do not know the
 * condition are asked before instead.
 * @param secrets from the variables that the settings name
 */
export function bucketDestination(
  { name, url, required, bucket, prefix, region, endpoint, pathStyle }: BucketSettings,
  secrets: { accessKeyId: string; secretAccessKey: string },
): Destination {
  const client = new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    forcePathStyle: pathStyle,
    credentials: secrets,
    // Newer checksums are refused by services that only speak the older protocol; ours travels as metadata.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
  });
  const at = (path: string) => ({ Bucket: bucket, Key: `${prefix}${path}` });

  /** What lies there, by its SHA-256. An object somebody else put has none written on it and is read. */
  const findHash = async (path: string): Promise<string | undefined> => {
    try {
      const { Metadata } = await client.send(new HeadObjectCommand(at(path)));
      if (Metadata?.['sha256'] !== undefined) return Metadata['sha256'];
      const { Body } = await client.send(new GetObjectCommand(at(path)));
      return Body && sha256(Buffer.from(await Body.transformToByteArray()));
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw explain(error, path);
    }
  };

  const put = async (path: string, bytes: Buffer, condition: { IfNoneMatch?: '*' } = {}): Promise<void> => {
    const { contentType, cacheControl } = headersOf(path);
    await client.send(
      new PutObjectCommand({
        ...at(path),
        ...condition,
        Body: bytes,
        ContentType: contentType,
        CacheControl: cacheControl,
        Metadata: { sha256: sha256(bytes) },
      }),
    );
  };

  const putNew = async (path: string, bytes: Buffer): Promise<void> => {
    try {
      await put(path, bytes, { IfNoneMatch: '*' });
    } catch (error) {
      const status = statusOf(error);
      if (status === 501) return await put(path, bytes);
      // Somebody was faster: the same bytes are fine.
      if (status === 412 || status === 409) return requireSame(path, bytes, await findHash(path));
      throw error;
    }
  };

  return {
    name,
    url,
    required,
    async open() {
      return {
        async putOnce(dir, paths) {
          for (const path of paths) {
            const bytes = await readFile(join(dir, path));
            const present = await findHash(path);
            if (present !== undefined) requireSame(path, bytes, present);
            else await putNew(path, bytes).catch((error: unknown) => Promise.reject(explain(error, path)));
          }
        },
        async replace(dir, paths) {
          for (const path of paths) {
            const bytes = await readFile(join(dir, path));
            if ((await findHash(path)) === sha256(bytes)) continue;
            await put(path, bytes).catch((error: unknown) => Promise.reject(explain(error, path)));
          }
        },
        async remove(paths) {
          for (let start = 0; start < paths.length; start += DELETED_AT_ONCE) {
            const Objects = paths.slice(start, start + DELETED_AT_ONCE).map((path) => ({ Key: at(path).Key }));
            const { Errors = [] } = await client
              .send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }))
              .catch((error: unknown) => Promise.reject(explain(error, 'removal')));
            const [first] = Errors;
            if (first) throw new DestinationProblem('refused', `${first.Key}: ${first.Message ?? first.Code}`);
          }
        },
        async finish() {},
        async close() {},
      };
    },
  };
}

function requireSame(path: string, bytes: Buffer, present: string | undefined): void {
  if (present === sha256(bytes)) return;
  throw new DestinationProblem('other-bytes', `${path} is there with other bytes; it is never rewritten`);
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

// Messages of the service name the bucket and what was wrong; secrets are in none.
function explain(error: unknown, path: string): DestinationProblem {
  if (error instanceof DestinationProblem) return error;
  const status = statusOf(error);
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const isOurs = status !== undefined && status >= 400 && status < 500;
  return new DestinationProblem(isOurs ? 'refused' : 'unreachable', `${path}: ${message}`, { cause: error });
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
