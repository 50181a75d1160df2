import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import {
  SIGNING_POLICY_FILE,
  signingCalendar,
  SignatureFile,
  SigningRequest,
  type SigningPolicy,
} from '@waymark/domain';
import {
  findRepository,
  keyidOf,
  parseSigningPolicy,
  publishSignedRoot,
  readKeyFile,
  readPublicHalf,
  readRoot,
  rootKeysOf,
  type Signer,
} from '@waymark/tuf';
import { askPassphrase, PASSPHRASE_OPTION, requireYes, YES_OPTION } from '../../ask.ts';
import { DATA_OPTION, pathsOf } from '../../dataFolder.ts';
import { CEREMONY_FILE, recordStep } from '../../ceremonyRecord.ts';
import { beside, findFile, readTravelling } from '../../travellingFile.ts';

type PublishOptions = {
  data: string;
  policy?: string;
  targetsRequest?: string;
  targetsSignatures?: string[];
  oldKeysLost: boolean;
  yes: boolean;
  passphraseFile?: string;
};

const ROLES = ['snapshot', 'timestamp'] as const;

/** `waymark root publish FILE`: puts a signed root into the tree, with what the server has to sign anew for it. */
export function publishCommand(): Command {
  return new Command('publish')
    .description(
      'Put a signed root into the public tree and keep its signing policy. Where keys change, what is published is first signed anew, by old and new online keys. Run it on the server',
    )
    .argument('<root>', 'N.root.json of `waymark root merge`')
    .option(...DATA_OPTION)
    .option('--policy <file>', `the policy it was made from; otherwise ${SIGNING_POLICY_FILE} beside the root`)
    .option('--targets-request <file>', 'targets.request.json, when the keys of the role targets change')
    .option('--targets-signatures <files...>', 'the signatures under it')
    .option('--old-keys-lost', 'emergency: sign with the new online keys alone, the old ones are stolen or gone', false)
    .option(...PASSPHRASE_OPTION)
    .option(...YES_OPTION)
    .action(publishFile);
}

async function publishFile(file: string, options: PublishOptions): Promise<void> {
  const { repoDir, keysDir } = pathsOf(options.data);
  const root = await readFile(file);
  const policyFile = options.policy ?? beside(file, SIGNING_POLICY_FILE);
  const policyText = await readFile(policyFile, 'utf8');
  const policy = parseSigningPolicy(policyText);
  requireSamePolicy(policy, root);
  const { version } = readRoot(root).signed;
  console.log(
    `Root ${version} goes into ${repoDir}. Clients follow it from the next look on, and it cannot be taken back.`,
  );
  if (options.oldKeysLost) console.log('The old online keys sign nothing any more.');
  await requireYes('Publish it?', options.yes);

  // Before the first snapshot the server has nothing to sign anew.
  const isPublished = (await findRepository(repoDir))?.published !== undefined;
  const online = isPublished ? await openOnlineKeys(keysDir, options) : { snapshotRole: [], timestamp: [] };
  const now = new Date();
  const renewal = await readRenewal(options);
  const { oldKeysLost } = options;
  const calendar = signingCalendar(policy);
  const result = await publishSignedRoot({ dir: repoDir, root, online, renewal, now, calendar, oldKeysLost });
  await keepPolicy(resolve(options.data), policyText);
  const exchanged = await exchangeOnlineKeys(keysDir, policy);
  await recordStep(beside(file, CEREMONY_FILE), {
    what: `root publish, root ${result.rootVersion}`,
    facts: {
      'sha256 of the root': result.rootSha256,
      'signed anew': result.resigned.join(', ') || 'nothing',
      'new keys of the server': exchanged.join(', ') || 'none',
      ...(oldKeysLost ? { 'old online keys': 'lost: they sign nothing any more' } : {}),
    },
  });
  console.log(`Root ${result.rootVersion} is published; SHA-256 ${result.rootSha256}`);
  console.log(`Signed anew: ${result.resigned.join(', ') || 'nothing, what is published satisfies it'}`);
  if (exchanged.length > 0) console.log(`The server has new keys: ${exchanged.join(', ')}.`);
  console.log(
    'A running server takes it within a minute. Where its keys come from the environment, restart it with the new ones.',
  );
}

// Otherwise the server would work by a policy that nobody signed.
function requireSamePolicy(policy: SigningPolicy, bytes: Buffer): void {
  const { roles } = readRoot(bytes).signed;
  const wanted = rootKeysOf(policy);
  const pairs = [
    [roles['root'], wanted.root],
    [roles['targets'], wanted.targets],
    [roles['snapshot'], wanted.snapshotRole],
    [roles['timestamp'], wanted.timestamp],
  ] as const;
  for (const [is, { keys, threshold }] of pairs) {
    const [found, asked] = [is?.keyIDs ?? [], keys.map(keyidOf)].map((keyids) => keyids.toSorted().join());
    if (found !== asked || is?.threshold !== threshold)
      throw new Error('The policy is not the one this root was made from');
  }
}

/** The present keys of the server and those that are to come, as far as they lie here. */
async function openOnlineKeys(keysDir: string, options: PublishOptions) {
  const files = ROLES.flatMap((role) =>
    [`${role}.key`, `${role}.next.key`].map((name) => ({ role, path: join(keysDir, name) })),
  );
  const signers: Record<(typeof ROLES)[number], Signer[]> = { snapshot: [], timestamp: [] };
  let passphrase: string | undefined;
  for (const { role, path } of files) {
    if (!(await findFile(path))) continue;
    passphrase ??= await serverPassphrase(options);
    signers[role].push(await readKeyFile(path, { passphrase }));
  }
  return { snapshotRole: signers.snapshot, timestamp: signers.timestamp };
}

async function serverPassphrase({ passphraseFile }: PublishOptions): Promise<string> {
  const told = process.env['WAYMARK_KEY_PASSPHRASE'];
  if (passphraseFile === undefined && told !== undefined && told !== '') return told;
  const from = passphraseFile ?? process.env['WAYMARK_KEY_PASSPHRASE_FILE'];
  return askPassphrase('Passphrase of the keys of the server', from);
}

async function readRenewal({ targetsRequest, targetsSignatures = [] }: PublishOptions) {
  if (targetsRequest === undefined) return undefined;
  const request = await readTravelling(targetsRequest, SigningRequest, 'a request of this program');
  const files = targetsSignatures.map((each) =>
    readTravelling(each, SignatureFile, 'a signature file of this program'),
  );
  return { request, signatures: await Promise.all(files) };
}

async function keepPolicy(dataDir: string, text: string): Promise<void> {
  const path = join(dataDir, SIGNING_POLICY_FILE);
  await writeFile(`${path}.tmp`, text, { mode: 0o600 });
  await rename(`${path}.tmp`, path);
}

/** Puts `ROLE.next.key` in the place of `ROLE.key` once the root names it; the old one stays beside it until it is no longer needed. */
async function exchangeOnlineKeys(keysDir: string, policy: SigningPolicy): Promise<string[]> {
  const exchanged: string[] = [];
  for (const role of ROLES) {
    const next = join(keysDir, `${role}.next.key`);
    if (!(await findFile(next))) continue;
    if ((await readPublicHalf(next)).keyval.public !== policy.online[role]) continue;
    const current = join(keysDir, `${role}.key`);
    if (await findFile(current)) await rename(current, join(keysDir, `${role}.old.key`));
    await rename(next, current);
    await rm(join(keysDir, `${role}.next.pub.json`), { force: true });
    exchanged.push(role);
  }
  return exchanged;
}
