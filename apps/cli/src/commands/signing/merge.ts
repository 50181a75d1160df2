import { Command } from 'commander';
import { digestWords, SignatureFile, SigningRequest, type SignatureBundle } from '@waymark/domain';
import { mergeTargets, readRoot } from '@waymark/tuf';
import { CEREMONY_FILE, recordStep } from '../../ceremonyRecord.ts';
import { MEMORY_OPTION } from '../../signing/memoryFolder.ts';
import { namesIn } from '../../keyOwners.ts';
import { rootFor } from '../../signing/reviewBundle.ts';
import { beside, readTravelling, writeTravelling } from '../../travellingFile.ts';

type MergeOptions = { memory: string; root?: string; out?: string };

/** `waymark snapshot merge FILE SIG…`: the signatures that came back, put into one file for the request they are for. */
export function mergeCommand(): Command {
  return new Command('merge')
    .description(
      'Put the signatures that came back for a snapshot into one file, when enough of the keys have signed. A publisher hands that in instead of each. Needs no network',
    )
    .argument('<request>', 'request.json, as it stands in the bundle')
    .argument('<signatures...>', 'the signature files that came back')
    .option('-o, --out <file>', 'the signatures; otherwise request.signatures.json beside the request')
    .option(...MEMORY_OPTION)
    .option('--root <file>', 'root metadata you trust; needed on the first day only')
    .action(mergeFiles);
}

async function mergeFiles(file: string, files: string[], { memory, root: given, out }: MergeOptions): Promise<void> {
  const request = await readTravelling(file, SigningRequest, 'a request of this program');
  if (request.role !== 'targets')
    throw new Error(`${file} is a request for ${request.role}, not for a snapshot: use \`waymark root merge\``);
  const root = readRoot(await rootFor(memory, given));
  const read = files.map((each) => readTravelling(each, SignatureFile, 'a signature file of this program'));
  const signatures = [...new Map((await Promise.all(read)).map((each) => [each.keyid, each])).values()];
  mergeTargets(request, signatures, [root]);
  const { role, version, digest } = request;
  const merged: SignatureBundle = { kind: 'waymark-signatures', format: 1, role, version, digest, signatures };
  const target = out ?? file.replace(/(\.json)?$/, '.signatures.json');
  await writeTravelling(target, merged);
  const names = namesIn([root], signatures);
  await recordStep(beside(target, CEREMONY_FILE), {
    what: `snapshot merge, targets ${version}`,
    facts: {
      digest,
      'six words': digestWords(digest).join(' '),
      signed: signatures.map(({ keyid }, at) => `${names[at]} (${keyid})`).join(', '),
    },
    names,
  });
  console.log(
    `Targets ${version} is signed by ${signatures.length} keys (${names.join(', ')}); they lie in ${target}.`,
  );
  console.log(`Six words of what they signed:\n  ${digestWords(digest).join(' ')}`);
  console.log('Next: a publisher hands this one file in, in the admin, and publishes.');
}
