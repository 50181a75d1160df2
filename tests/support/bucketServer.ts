// A real S3 server on a free port of this machine, with one bucket that anybody may read, also from a page.
import S3rver from 's3rver';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './tree.ts';

const CORS = `<CORSConfiguration>
  <CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedMethod>HEAD</AllowedMethod></CORSRule>
</CORSConfiguration>`;

export type BucketServer = {
  endpoint: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Where clients read. */
  url: string;
  /** Every change that was asked for, in order: `PUT metadata/timestamp.json`. */
  changes: string[];
};

export async function startBucketServer(): Promise<BucketServer> {
  const bucket = 'feed';
  const s3 = new S3rver({
    silent: true,
    address: '127.0.0.1',
    port: 0,
    directory: await temporaryFolder(),
    configureBuckets: [{ name: bucket, configs: [CORS] }],
  });
  const changes: string[] = [];
  s3.middleware.unshift((context, next) => {
    const { method, path } = context;
    if (method === 'PUT') changes.push(`${method} ${path.slice(`/${bucket}/`.length)}`);
    return next();
  });
  const { port } = await s3.run();
  onTestFinished(async () => {
    await s3.close();
  });
  const endpoint = `http://127.0.0.1:${port}`;
  return { endpoint, bucket, accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', url: `${endpoint}/${bucket}`, changes };
}
