import { Command } from 'commander';
import { askLine, requireYes, YES_OPTION } from '../../ask.ts';
import { openBundleAt, type OpenBundle } from '../../signing/bundleFolder.ts';
import { MEMORY_OPTION } from '../../signing/memoryFolder.ts';
import { printReview } from '../../signing/printReview.ts';
import { acceptBundle, confirmationsOf, reviewBundle, signersFor, type Signers } from '../../signing/reviewBundle.ts';
import type { SnapshotReview } from '@waymark/domain';

export type ReviewCommandOptions = {
  files?: string;
  memory: string;
  root?: string;
  confirm: string[];
  yes: boolean;
};

/** Options of `review` and `sign`. */
export function withReviewOptions(command: Command): Command {
  return command
    .argument('<request>', 'request.json, or a bundle: the zip as downloaded, or its folder')
    .option('--files <dir or zip>', 'the bundle, when the request is a file of its own')
    .option(...MEMORY_OPTION)
    .option('--root <file>', 'root metadata you trust; needed on the first day only')
    .option('--confirm <kind:value...>', 'what you answer for, as the review prints it', [])
    .option(...YES_OPTION);
}

/** `waymark review`: what a signer looks at before signing. Works without a network. */
export function reviewCommand(): Command {
  return withReviewOptions(
    new Command('review').description(
      'Look at a snapshot before signing it: recompute every hash, compare with what this machine verified, check approvals and log. Exit code 1 when anything speaks against it',
    ),
  )
    .option('--accept', 'remember it, to compare the next one with, although you sign elsewhere', false)
    .action(async (request: string, options: ReviewCommandOptions & { accept: boolean }) => {
      await withReview(request, options, async (bundle, review) => {
        if (review.refusals.length > 0) {
          process.exitCode = 1;
          return;
        }
        if (!options.accept) return;
        await requireYes('Remember this snapshot?', options.yes);
        await acceptBundle(options.memory, bundle, review);
        console.log(`This machine remembers snapshot ${review.sequence}.`);
      });
    });
}

/** Reviews, prints, lets a person answer for what can be answered for, and hands the result on. */
export async function withReview(
  request: string,
  options: ReviewCommandOptions,
  then: (bundle: OpenBundle, review: SnapshotReview, signers: Signers) => Promise<void>,
): Promise<void> {
  const { files, memory, root, confirm } = options;
  const signers = await signersFor(memory, root);
  const bundle = await (files === undefined ? openRequest(request) : openBundleAt(files, request));
  try {
    const look = (typed: readonly string[]) =>
      reviewBundle(bundle, { memory, now: new Date(), confirmations: confirmationsOf(typed) });
    let review = await look(confirm);
    printReview(review, signers, (line) => console.log(line));
    const answers = await askFor(review);
    if (answers.length > 0) review = await look([...confirm, ...answers]);
    await then(bundle, review, signers);
  } finally {
    await bundle.close();
  }
}

/** A request without its files lies beside them. */
function openRequest(request: string): Promise<OpenBundle> {
  return request.endsWith('.json')
    ? openBundleAt(request.replace(/[^/\\]*$/, '') || '.', request)
    : openBundleAt(request);
}

/** Asks for each answer in words: what is meant is typed, not clicked away. Nothing where nobody can answer. */
async function askFor({ refusals }: SnapshotReview): Promise<string[]> {
  const answerable = refusals.flatMap(({ confirm }) => confirm ?? []);
  if (answerable.length < refusals.length || !process.stdin.isTTY) return [];
  const answers: string[] = [];
  for (const { kind, value } of answerable) {
    const typed = await askLine(`If it is meant, type ${value}: `);
    if (typed.trim() === value) answers.push(`${kind}:${value}`);
  }
  return answers;
}
