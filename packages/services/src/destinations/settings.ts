import { readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { DestinationProblem, type Destination } from './destination.ts';
import { directoryDestination } from './directory.ts';
import { gitDestination } from './git.ts';
import { rsyncDestination } from './rsync.ts';

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** Clients trust signatures and not the way; but who watches an open line sees what an app asks for. */
const Url = z
  .string({ error: 'write where clients find it, for instance https://feed.example.org' })
  .refine(
    (text) => {
      if (!URL.canParse(text)) return false;
      const { protocol, hostname, search, hash } = new URL(text);
      return (protocol === 'https:' || LOOPBACK.includes(hostname)) && search === '' && hash === '';
    },
    { error: 'write an https address without ? and #, for instance https://feed.example.org' },
  )
  .transform((text) => text.replace(/\/+$/, ''));

/** Paths that end up in a command line of ssh: nothing in them that a shell or rsync would read. */
const PlainPath = z
  .string()
  .regex(/^\/[A-Za-z0-9._/@+-]+$/, { error: 'write a whole path of letters, digits and . _ - / @ +' });

const common = {
  name: z
    .string({ error: 'give it a name, for instance "mirror"' })
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, { error: 'write a name of a-z, 0-9 and -, at most 40' }),
  url: Url,
  required: z.boolean({ error: 'write true or false' }).default(true),
};

const Directory = z.strictObject({
  ...common,
  kind: z.literal('directory'),
  path: z
    .string({ error: 'write the folder, for instance /mnt/www/feed' })
    .refine((path) => isAbsolute(path), { error: 'write a whole path, for instance /mnt/www/feed' }),
});

const Rsync = z.strictObject({
  ...common,
  kind: z.literal('rsync'),
  target: z.string({ error: 'write for instance deploy@www.example.org:/srv/feed' }).regex(
    // A dash in front would be read as an option.
    /^[A-Za-z0-9_][A-Za-z0-9._-]*@(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9a-f:]+\]):\/[A-Za-z0-9._/@+-]+$/,
    { error: 'write user@host:/folder, for instance deploy@www.example.org:/srv/feed' },
  ),
  port: z.int({ error: 'write a port number' }).min(1).max(65_535).optional(),
  keyFile: PlainPath.optional(),
  knownHostsFile: PlainPath.optional(),
});

const VariableName = z
  .string({ error: 'name the environment variable that holds it, for instance FEED_S3_SECRET' })
  .regex(/^[A-Z][A-Z0-9_]*$/, { error: 'write the name of an environment variable, not the secret itself' });

const Bucket = z.strictObject({
  ...common,
  kind: z.literal('s3'),
  bucket: z
    .string({ error: 'write the name of the bucket' })
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: 'write the name of the bucket' }),
  prefix: z
    .string()
    .regex(/^(?:[A-Za-z0-9._-]+\/)*$/, { error: 'write a prefix that ends in /, or leave it out' })
    .default(''),
  region: z.string({ error: 'write the region, for instance eu-central-1; "auto" where there is none' }).min(1),
  endpoint: z.url({ error: 'write the address of the service, for instance https://s3.example.org' }).optional(),
  pathStyle: z.boolean({ error: 'write true for https://host/bucket, false for https://bucket.host' }).default(false),
  accessKeyIdFrom: VariableName,
  secretAccessKeyFrom: VariableName,
});

const Git = z.strictObject({
  ...common,
  kind: z.literal('git'),
  remote: z
    .string({ error: 'write where to push, for instance git@git.example.org:ngo/feed.git' })
    // A dash in front would be read as an option; `ext::` and its like run programs.
    .regex(/^(?:\/|https:\/\/|ssh:\/\/|[A-Za-z0-9_][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9.-]*:)[^\s]+$/, {
      error: 'write an https or ssh address, user@host:path, or a whole path',
    }),
  branch: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, { error: 'write the name of a branch' })
    .default('main'),
  author: z
    .strictObject({ name: z.string().min(1), email: z.string().min(3) })
    .default({ name: 'Waymark', email: 'waymark@localhost' }),
  keyFile: PlainPath.optional(),
  knownHostsFile: PlainPath.optional(),
});

/** Where the public tree is copied to. */
export const DestinationSettings = z.discriminatedUnion('kind', [Directory, Rsync, Bucket, Git], {
  error: 'write "kind": "directory", "rsync", "s3" or "git"',
});
export type DestinationSettings = z.infer<typeof DestinationSettings>;
export type DirectorySettings = z.infer<typeof Directory>;
export type RsyncSettings = z.infer<typeof Rsync>;
export type BucketSettings = z.infer<typeof Bucket>;
export type GitSettings = z.infer<typeof Git>;

const DestinationsFile = z.strictObject({
  destinations: z
    .array(DestinationSettings, { error: 'write {"destinations": [ … ]}' })
    .max(20, { error: 'at most 20 destinations' })
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
      error: 'two destinations have the same name',
    }),
});

/**
 * Reads the file that `WAYMARK_DESTINATIONS` names.
 * @param cacheDir what destinations keep between uploads
 * @param env where the secrets are that the file names
 * @throws DestinationProblem misconfigured, naming each field at fault and the fix
 */
export async function readDestinations(
  file: string,
  cacheDir: string,
  env: Record<string, string | undefined>,
): Promise<Destination[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DestinationProblem('misconfigured', `WAYMARK_DESTINATIONS: ${file} cannot be read`, { cause });
  });
  const parsed = DestinationsFile.safeParse(parseJson(text, file));
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      ({ path, message }) => `${path.map(String).join('.') || 'the file'}: ${message}`,
    );
    throw new DestinationProblem('misconfigured', `${file}\n${lines.map((line) => `  - ${line}`).join('\n')}`);
  }
  return Promise.all(parsed.data.destinations.map((settings) => openDestination(settings, cacheDir, env)));
}

/** @throws DestinationProblem misconfigured when a secret is missing */
export async function openDestination(
  settings: DestinationSettings,
  cacheDir: string,
  env: Record<string, string | undefined>,
): Promise<Destination> {
  if (settings.kind === 'directory') return directoryDestination(settings);
  if (settings.kind === 'rsync') return rsyncDestination(settings);
  if (settings.kind === 'git') return gitDestination(settings, cacheDir);
  const secret = (variable: string): string => {
    const value = env[variable];
    if (value) return value;
    throw new DestinationProblem('misconfigured', `${settings.name}: set the environment variable ${variable}`);
  };
  // Loaded by those who need it: the client of S3 is larger than all the rest of the server.
  const { bucketDestination } = await import('./bucket.ts');
  return bucketDestination(settings, {
    accessKeyId: secret(settings.accessKeyIdFrom),
    secretAccessKey: secret(settings.secretAccessKeyFrom),
  });
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DestinationProblem('misconfigured', `${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}
