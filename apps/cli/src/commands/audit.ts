import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { Manifest } from '@waymark/domain';
import { decodeNote, headOf, keptCheckpoint, keptHeads, openLogSource, verifyAudit } from '@waymark/services';
import { verifyRepository } from '@waymark/tuf';
import { DATA_OPTION, openData, pathsOf } from '../dataFolder.ts';

type VerifyOptions = { data: string; repo?: string; root?: string; logKey?: string };
type KeptHeads = Awaited<ReturnType<typeof keptHeads>>;

/** `waymark audit verify`: re-reads the whole history and names the first thing that is wrong. Exit code 1 then. */
export function auditCommand(): Command {
  const verify = new Command('verify')
    .description(
      'Re-read every event, revision, approval, record and person, and compare with the heads of published snapshots',
    )
    .option(...DATA_OPTION)
    .option(
      '--repo <dir or url>',
      'public tree whose manifests and published log anchor the log; best a copy that others keep',
    )
    .option('--root <file>', 'root metadata you trust; needed with a url')
    .option('--log-key <key>', 'verifier key of the log; without it, that beside the log is taken')
    .action(verifyLog);
  return new Command('audit').description('The audit log').addCommand(verify);
}

async function verifyLog({ data, repo, root, logKey }: VerifyOptions): Promise<void> {
  const { read, close } = openData(data);
  try {
    // The tree outside the database is what somebody who rewrites the database cannot rewrite unseen.
    const kept = await headsOf(repo ?? pathsOf(data).repoDir, root, logKey);
    const { ok, checked, firstProblem } = await verifyAudit(read, kept);
    const { events, nodes, revisions, records, approvals, heads, people, verifications } = checked;
    console.log(
      `${events} events, ${nodes} tree nodes, ${heads} published heads (${kept.length} from the tree), ${revisions} revisions, ${approvals} approvals, ${records} records, ${people} people, ${verifications} verifications`,
    );
    if (ok) console.log('Everything agrees.');
    else {
      console.error(`WRONG: ${firstProblem}`);
      process.exitCode = 1;
    }
  } finally {
    close();
  }
}

async function headsOf(repo: string, root: string | undefined, logKey: string | undefined): Promise<KeptHeads> {
  if (!/^https?:\/\//.test(repo)) return keptHeads(resolve(repo));
  if (root === undefined) throw new Error('A url needs --root: the root metadata you trust');
  const dir = await mkdtemp(join(tmpdir(), 'waymark-audit-'));
  try {
    const rootBytes = await readFile(root);
    const { targets } = await verifyRepository({ url: repo, rootBytes, dir, targets: ['v1/manifest.json'] });
    const manifest = JSON.parse(String(targets.get('v1/manifest.json'))) as Manifest; // Verified by the client just now.
    const checkpoint = await keptCheckpoint(textsIn(`${repo}/log`), logKey);
    return [headOf(manifest), ...(checkpoint ? [checkpoint] : [])];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function textsIn(log: string): (name: string) => Promise<string | undefined> {
  const read = openLogSource(log);
  return async (name) => {
    const bytes = await read(name);
    return bytes && decodeNote(bytes);
  };
}
