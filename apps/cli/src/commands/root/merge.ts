import { Command } from 'commander';
import { SignatureFile, SigningRequest } from '@waymark/domain';
import { mergeRoot, reviewRoot, sha256 } from '@waymark/tuf';
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
  const read = files.map((each) => readTravelling(each, SignatureFile, 'a signature file of this program'));
  const signatures = (await Promise.all(read)).filter(({ role }) => role === request.role);
  const { bytes } = mergeRoot({ request, signatures, previous });
  const out = options.out ?? beside(file, `${request.version}.root.json`);
  await writeTravelling(out, bytes);
  console.log(`Root ${request.version} is signed by ${signatures.length} keys and lies in ${out}.`);
  console.log(`Its SHA-256, which app makers and holders compare:\n  ${sha256(bytes)}`);
  console.log(`Next, on the server: waymark root publish ${out} --data DIR`);
}
