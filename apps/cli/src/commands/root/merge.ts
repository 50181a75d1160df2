import { Command } from 'commander';
import { digestWords, SignatureFile, SigningRequest } from '@waymark/domain';
import { mergeRoot, readRoot, reviewRoot, sha256 } from '@waymark/tuf';
import { CEREMONY_FILE, gatherRecords, recordStep } from '../../ceremonyRecord.ts';
import { namesIn } from '../../keyOwners.ts';
import { beside, readTravelling, writeTravelling } from '../../travellingFile.ts';
import { findRootBefore, PREVIOUS_OPTION, TREE_OPTION, type Before } from './rootBefore.ts';

/** `waymark root merge FILE SIG…`: the signatures that came back, put to the root they are for. */
export function mergeCommand(): Command {
  return new Command('merge')
    .description('Put signatures to the root they are for, when enough of the present and of the next keys have signed')
    .argument('<request>', 'root.request.json')
    .argument('<signatures...>', 'the signature files that came back; those of targets.request.json are left out')
    .option('-o, --out <file>', 'the root; otherwise N.root.json beside the request')
    .option(...PREVIOUS_OPTION)
    .option(...TREE_OPTION)
    .action(mergeFiles);
}

async function mergeFiles(file: string, files: string[], options: Before & { out?: string }): Promise<void> {
  const request = await readTravelling(file, SigningRequest, 'a request of this program');
  const previous = await findRootBefore(file, request, options);
  reviewRoot({ request, previous, now: new Date() });
  const read = files.map(async (each) => ({
    each,
    signature: await readTravelling(each, SignatureFile, 'a signature file of this program'),
  }));
  const ours = (await Promise.all(read)).filter(({ signature }) => signature.role === request.role);
  const signatures = ours.map(({ signature }) => signature);
  const { metadata, bytes } = mergeRoot({ request, signatures, previous });
  const out = options.out ?? beside(file, `${request.version}.root.json`);
  await writeTravelling(out, bytes);
  const record = beside(out, CEREMONY_FILE);
  const before = previous ? [readRoot(previous)] : [];
  const names = namesIn([...before, metadata], signatures);
  await gatherRecords(
    record,
    ours.map(({ each }) => each),
  );
  await recordStep(record, {
    what: `root merge, root ${request.version}`,
    facts: {
      'sha256 of the root': sha256(bytes),
      digest: request.digest,
      'six words': digestWords(request.digest).join(' '),
      signed: signatures.map(({ keyid }, at) => `${names[at]} (${keyid})`).join(', '),
    },
    names,
  });
  console.log(`Root ${request.version} is signed by ${signatures.length} keys and lies in ${out}.`);
  console.log(`Its SHA-256, which app makers and holders compare:\n  ${sha256(bytes)}`);
  console.log(`The record of the ceremony, to be printed and signed: ${record}`);
  console.log(`Next, on the server: waymark root publish ${out} --data DIR`);
}
