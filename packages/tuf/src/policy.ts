import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ed25519Key, SIGNING_POLICY_FILE, SigningPolicy, signingPolicyRefusals } from '@waymark/domain';
import { keyidOf, type PublicKey } from './key.ts';
import { TufProblem } from './problem.ts';
import type { RootKeys } from './root.ts';

/**
 * Reads a signing policy and holds it to SNAPSHOTS §4.1.
 * @param text JSON; every `key` is hex or the content of a public key file
 * @throws TufProblem `policy-refused`, its message naming every fix
 */
export function parseSigningPolicy(text: string): SigningPolicy {
  const policy = SigningPolicy.safeParse(parseJson(text));
  if (!policy.success) {
    const issues = policy.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
    throw refused(issues);
  }
  const refusals = signingPolicyRefusals(policy.data);
  if (refusals.length > 0) throw refused(refusals);
  return policy.data;
}

/**
 * The policy of an installation, as `waymark root publish` left it in the data folder; undefined when there is none, as in
 * the demo.
 * @throws TufProblem `policy-refused`
 */
export async function readSigningPolicy(dataDir: string): Promise<SigningPolicy | undefined> {
  const text = await readFile(join(dataDir, SIGNING_POLICY_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : parseSigningPolicy(text);
}

/** The keys and thresholds that a policy gives to the four roles of root. Duty keys stand in the targets metadata. */
export function rootKeysOf(policy: SigningPolicy): RootKeys {
  const people = ({ threshold, holders }: SigningPolicy['root']) => ({
    threshold,
    keys: holders.map(({ key }) => ed25519Key(key)),
  });
  const online = (key: string) => ({ threshold: 1, keys: [ed25519Key(key)] });
  return {
    root: people(policy.root),
    targets: people(policy.targets),
    snapshotRole: online(policy.online.snapshot),
    timestamp: online(policy.online.timestamp),
  };
}

/** The duty keys with their threshold; undefined without an urgent lane. */
export function urgentKeysOf({ urgent }: SigningPolicy): { threshold: number; keys: PublicKey[] } | undefined {
  return urgent && { threshold: urgent.threshold, keys: urgent.holders.map(({ key }) => ed25519Key(key)) };
}

/** keyid → person, of everybody who holds a key. */
export function keyOwnersOf(policy: SigningPolicy): Record<string, string> {
  const holders = [policy.root, policy.targets, policy.urgent].flatMap((role) => role?.holders ?? []);
  return Object.fromEntries(holders.map(({ name, key }) => [keyidOf(ed25519Key(key)), name]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TufProblem('policy-refused', `the signing policy is not JSON: ${String(cause)}`, { cause });
  }
}

function refused(reasons: string[]): TufProblem {
  return new TufProblem('policy-refused', `the signing policy is refused:\n${reasons.map((r) => `  ${r}`).join('\n')}`);
}
