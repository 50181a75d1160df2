import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_CALENDAR, signingCalendar, type Assurance } from '@waymark/domain';
import {
  findRepository,
  initDemoRepository,
  isDemoRoot,
  openSigners,
  readSigningPolicy,
  requireOwnVersions,
  toPublishSigners,
  TufProblem,
  type Repository,
  type Signer,
  type SignerSource,
} from '@waymark/tuf';
import type { publishingPaths, Publishing, PublishingSettings } from './publishing.ts';

/** What root, keys and policy give: all of it together, or none. */
export type Opened = Pick<
  Publishing,
  'keys' | 'online' | 'off' | 'dutyKey' | 'policy' | 'calendar' | 'assurance' | 'rootVersion'
>;

type Paths = ReturnType<typeof publishingPaths>;

/** Keys and tree of a demo, made where they are missing. @throws TufProblem */
export async function openDemo({ repoDir, keysDir }: Paths, now: Date): Promise<Opened> {
  const signers = await initDemoRepository({ dir: repoDir, keyDir: keysDir, now });
  const keys = toPublishSigners(signers);
  const repository = await findRepository(repoDir);
  if (repository) requireOwnVersions(repository);
  return { ...closed('demo'), keys, online: keys, dutyKey: signers.urgent, off: null, ...standingOf(repository) };
}

/**
 * The newest root, the online keys it names and the signing policy, each held to what a start asks of it.
 * @throws TufProblem when any of them is missing, damaged or does not fit the others
 */
export async function openProduction(settings: PublishingSettings, { repoDir, keysDir }: Paths): Promise<Opened> {
  const repository = await findRepository(repoDir);
  if (!repository) throw new TufProblem('tree-has-no-root', 'no signing keys exist yet: run `waymark keys init`');
  requireOwnVersions(repository);
  const online = await openOnline(settings, keysDir);
  requireRole(repository, 'snapshot', online.snapshotRole);
  requireRole(repository, 'timestamp', online.timestamp);
  const policy = (await readSigningPolicy(settings.dataDir)) ?? null;
  const calendar = policy ? signingCalendar(policy) : DEFAULT_CALENDAR;
  return { keys: null, online, off: null, policy, calendar, ...standingOf(repository) };
}

/** Publishing that is off, for this reason. */
export function closed(assurance: Assurance, off: string | null = null): Opened {
  return { keys: null, online: null, off, policy: null, calendar: DEFAULT_CALENDAR, assurance, rootVersion: 0 };
}

/** What root asks for, not what the profile is called: a demo's tree stays a demo's wherever it is carried. */
function standingOf(repository: Repository | undefined): Pick<Opened, 'assurance' | 'rootVersion'> {
  const isDemo = repository?.roots.some(({ signed }) => isDemoRoot(signed)) ?? false;
  return { assurance: isDemo ? 'demo' : 'standard', rootVersion: repository?.root.signed.version ?? 0 };
}

async function openOnline(
  settings: PublishingSettings,
  keysDir: string,
): Promise<{ snapshotRole: Signer[]; timestamp: Signer[] }> {
  const given = { WAYMARK_SNAPSHOT_KEY: settings.snapshotKey, WAYMARK_TIMESTAMP_KEY: settings.timestampKey };
  const passphrase = await readPassphrase(settings);
  if (passphrase === undefined && Object.values(given).includes(undefined)) {
    throw new TufProblem(
      'key-passphrase-missing',
      'the passphrase is missing: set WAYMARK_KEY_PASSPHRASE_FILE or WAYMARK_KEY_PASSPHRASE',
    );
  }
  const source: SignerSource = {
    askPassphrase: () => Promise.resolve(passphrase ?? ''),
    environment: (name) => given[name as keyof typeof given],
  };
  const openRole = async (role: string, variable: keyof typeof given) => {
    const addresses = given[variable] === undefined ? filesOfRole(keysDir, role) : [`env:${variable}`];
    return (await Promise.all(addresses.map((address) => openSigners(address, source)))).flat();
  };
  return {
    snapshotRole: await openRole('snapshot', 'WAYMARK_SNAPSHOT_KEY'),
    timestamp: await openRole('timestamp', 'WAYMARK_TIMESTAMP_KEY'),
  };
}

/** After a planned change of keys the old one lies beside the new one, and both sign for a day. */
function filesOfRole(keysDir: string, role: string): string[] {
  const old = join(keysDir, `${role}.old.key`);
  return [`file:${join(keysDir, `${role}.key`)}`, ...(existsSync(old) ? [`file:${old}`] : [])];
}

function requireRole({ root }: Repository, role: 'snapshot' | 'timestamp', signers: Signer[]): void {
  const named = root.signed.roles[role]?.keyIDs ?? [];
  if (signers.some(({ keyid }) => named.includes(keyid))) return;
  throw new TufProblem(
    'key-wrong',
    `root ${root.signed.version} names another key for the role ${role} than the one at hand`,
  );
}

/** The passphrase of the keys on this machine, if one was given. @throws TufProblem `key-passphrase-missing` */
export async function readPassphrase({
  keyPassphrase,
  keyPassphraseFile,
}: Pick<PublishingSettings, 'keyPassphrase' | 'keyPassphraseFile'>): Promise<string | undefined> {
  if (keyPassphrase !== undefined || keyPassphraseFile === undefined) return keyPassphrase;
  const text = await readFile(keyPassphraseFile, 'utf8').catch((cause: unknown) => {
    throw new TufProblem('key-passphrase-missing', `${keyPassphraseFile} cannot be read`, { cause });
  });
  return text.replace(/\r?\n$/, '');
}
