import { Command } from 'commander';
import { z } from 'zod';
import { reviewUrgent, SIGNING_REFUSALS, type UrgentReview, type UrgentWithdrawal } from '@waymark/domain';
import { MEMORY_OPTION } from '../../signing/memoryFolder.ts';
import { lastUrgent, namesOf } from '../../signing/urgentMemory.ts';
import { printable } from '../../signing/printReview.ts';
import { readTravelling } from '../../travellingFile.ts';

export const FILE_ARGUMENT = ['<file>', 'the urgent list from the admin, with the request to sign it'] as const;

/** As `GET /api/v1/urgent/request` answers; what is in it is looked at by the review. */
const UrgentFile = z.object({ request: z.unknown(), withdrawals: z.unknown() });

/** `waymark urgent show FILE`: what would be withdrawn, in words. Exit code 1 when anything speaks against it. */
export function showCommand(): Command {
  return new Command('show')
    .description('Print what is withdrawn, and what is new in it for this machine')
    .argument(...FILE_ARGUMENT)
    .option(...MEMORY_OPTION)
    .action(async (file: string, { memory }: { memory: string }) => {
      const { review } = await showUrgentFile(file, memory);
      if (review.refusals.length > 0) process.exitCode = 1;
    });
}

/** Reviews and prints. @throws Error when the file is no such list, or holds nothing to sign */
export async function showUrgentFile(
  file: string,
  memory: string,
): Promise<{ review: UrgentReview; request: unknown }> {
  const { request, withdrawals } = await readTravelling(file, UrgentFile, 'an urgent list from the admin');
  if (request === null) throw new Error('There is nothing to sign: apps have this list already');
  const review = reviewUrgent({ request, withdrawals, last: await lastUrgent(memory), now: new Date() });
  const named = [...(review.list?.withdrawn ?? []), ...review.returned];
  print(review, await namesOf(memory, new Set(named.map(({ id }) => id))));
  return { review, request };
}

function print(review: UrgentReview, names: ReadonlyMap<string, string>): void {
  const { list, version, expires, daysLeft, added, returned, refusals, digest, words } = review;
  console.log(
    `Urgent list ${list?.sequence ?? '?'} as version ${version ?? '?'}, valid until ${printable(expires ?? '?')} (${daysLeft ?? '?'} days)`,
  );
  section('WITHDRAWN NOW', list?.withdrawn ?? [], names);
  section('NEW SINCE THIS MACHINE SIGNED LAST', added, names);
  section('SHOWN AGAIN', returned, names);
  if (list?.withdrawn.length === 0) console.log('\nNothing is withdrawn.');
  if (refusals.length > 0) console.log('\nREFUSED');
  for (const { code, detail } of refusals) console.log(`  ${code}: ${SIGNING_REFUSALS[code]}. ${printable(detail)}`);
  if (digest !== null) console.log(`\n  ${words.join(' ')}\n  ${digest}`);
}

function section(title: string, rows: readonly UrgentWithdrawal[], names: ReadonlyMap<string, string>): void {
  if (rows.length > 0) console.log(`\n${title}`);
  for (const { id, channels, reason, since } of rows) {
    const only = channels ? `, only ${channels.join(', ')}` : '';
    console.log(`  ${printable(names.get(id) ?? '(no name known here)')}  ${id}  ${reason}, since ${since}${only}`);
  }
}
