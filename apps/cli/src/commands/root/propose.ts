import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import {
  digestWords,
  SIGNING_POLICY_FILE,
  signingCalendar,
  type SigningPolicy,
  type SigningRequest,
} from '@waymark/domain';
import {
  findRepository,
  parseSigningPolicy,
  requestRenewal,
  requestRoot,
  reviewRoot,
  rootOf,
  sha256,
  treePath,
} from '@waymark/tuf';
import { CEREMONY_FILE, recordStep } from '../../ceremonyRecord.ts';
import { findFile, putTravelling, writeTravelling } from '../../travellingFile.ts';
import { inlineKeyFiles } from './inlineKeyFiles.ts';
import { printRootReview } from './printReview.ts';
import { newestRoot, PREVIOUS_OPTION } from './rootBefore.ts';

type ProposeOptions = { tree?: string; previous?: string; out: string };

/** `waymark root propose POLICY`: the request for the next root, in a folder that can travel. */
export function proposeCommand(): Command {
  return new Command('propose')
    .description(
      'Write the request for the next root, as a signing policy wants it, with all that its signers need to compare. Signs nothing and needs no key',
    )
    .argument(
      '<policy>',
      'signing policy; a key in it is hex, the content of a NAME.pub.json, or the name of that file',
    )
    .option('--tree <dir>', 'the public tree, or a copy: the new root follows its newest. Leave it out for root 1')
    .option(...PREVIOUS_OPTION)
    .requiredOption('-o, --out <folder>', 'folder to be made, e.g. on a stick')
    .action(proposeRoot);
}

async function proposeRoot(file: string, { tree, previous: named, out }: ProposeOptions): Promise<void> {
  const now = new Date();
  const policy = parseSigningPolicy(await inlineKeyFiles(await readFile(file, 'utf8'), file));
  const previous = named === undefined ? tree && (await newestRoot(tree)) : await findFile(named);
  if (named !== undefined && !previous) throw new Error(`${named} cannot be read`);
  const before = previous || undefined;
  const request = requestRoot({ policy, previous: before, now });
  const review = reviewRoot({ request, previous: before, now });
  await mkdir(out, { recursive: true });
  await writeTravelling(join(out, 'root.request.json'), request);
  await putTravelling(join(out, SIGNING_POLICY_FILE), Buffer.from(`${JSON.stringify(policy, null, 2)}\n`));
  if (before) await putTravelling(join(out, `${request.version - 1}.root.json`), before);
  const renewal = tree === undefined ? undefined : await writeRenewal(tree, out, { request, policy, now });

  const shown: string[] = [];
  printRootReview(review, before, (line) => {
    console.log(line);
    shown.push(line);
  });
  await recordStep(join(out, CEREMONY_FILE), {
    what: `root propose, root ${request.version}`,
    facts: {
      policy: file,
      'sha256 of the root before': before ? sha256(before) : 'none: this is the first',
      digest: request.digest,
      'six words': review.words.join(' '),
      ...(renewal
        ? { 'to be signed too': `targets ${renewal.version}, ${digestWords(renewal.digest).join(' ')}` }
        : {}),
    },
    shown,
  });
  console.log(`\nNext: carry ${out} to each holder. On their own machine, without a network, each runs\n`);
  console.log('  waymark root sign root.request.json --key file:THEIR.key        (or agent:KEYID)\n');
  if (renewal) {
    console.log('The keys of the role targets change, so the holders of targets keys, old and new, also run\n');
    console.log('  waymark root sign targets.request.json --key file:THEIR.key\n');
  }
  console.log(`Then: waymark root merge root.request.json *.sig.json, and on the server waymark root publish.`);
}

/** The targets to be signed again, where the next root would not trust those that are published. */
async function writeRenewal(
  tree: string,
  out: string,
  next: { request: SigningRequest; policy: SigningPolicy; now: Date },
): Promise<SigningRequest | undefined> {
  const repository = await findRepository(resolve(tree));
  if (!repository?.published) return undefined;
  const calendar = signingCalendar(next.policy);
  const renewal = requestRenewal(repository, rootOf(next.request), { now: next.now, calendar });
  if (!renewal?.previous) return undefined;
  const before = treePath.targets(renewal.previous.version);
  await writeTravelling(join(out, 'targets.request.json'), renewal);
  await putTravelling(
    join(out, `${renewal.previous.version}.targets.json`),
    await readFile(join(resolve(tree), before)),
  );
  return renewal;
}
