import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import {
  formatVerifierKey,
  parseVerifierKey,
  SIGNATURE,
  SplitView,
  verifierKey,
  verifySplitView,
} from '@waymark/domain';
import { handBackTo, openLogSource, verifyEd25519, witnessLog, type Witness, type Witnessed } from '@waymark/services';
import { generatePrivateKey, readKeyFile, TufProblem, writeKeyFile } from '@waymark/tuf';

type Options = {
  logKey?: string;
  memory?: string;
  key?: string;
  name?: string;
  passphraseFile?: string;
  handBack?: string;
  prove?: string;
  json: boolean;
};

/** What cron looks at. 1 is left for everything that stopped us before we knew. */
const EXIT: Record<Witnessed['relation'], number> = { first: 0, same: 0, grown: 0, shrunk: 2, split: 3 };
/** The log is well, and its operator did not take the cosignature. */
const NOT_TAKEN = 4;

/** `waymark witness URL`: what somebody outside runs, so that nobody can rewrite the log for some and not for others. */
export function witnessCommand(): Command {
  return new Command('witness')
    .description(
      'Watch a published audit log: remember its heads, check that each extends the one before, cosign them. Exit code 0 all is well, 1 nothing could be checked, 2 the log shows less than before, 3 it shows two histories and the proof is written, 4 the cosignature was not taken back',
    )
    .argument('[url]', 'address of the log, e.g. https://directory.example.org/repo/log, or a folder with a copy')
    .option('--log-key <key>', 'verifier key of the log, name+id+base64, as its operator gave it to you')
    .option('--memory <dir>', 'folder of your own that remembers every head')
    .option('--key <file>', 'your own cosigning key; made the first time')
    .option('--name <name>', 'the name you cosign under, e.g. witness.example.org/one')
    .option('--passphrase-file <file>', 'file with the passphrase of your key')
    .option(
      '--hand-back <url>',
      'address of the server that makes the log, e.g. https://directory.example.org: it serves your cosignature with the head',
    )
    .option('--prove <file>', 'verify a proof of two histories that somebody sent you')
    .option('--json', 'one line of JSON for programs', false)
    .action(run);
}

async function run(url: string | undefined, options: Options): Promise<void> {
  if (options.prove !== undefined) return prove(options.prove, options);
  const { logKey, memory, handBack } = options;
  if (url === undefined || logKey === undefined || memory === undefined)
    throw new Error('A look at a log takes its url, --log-key and --memory');
  if (handBack !== undefined && options.key === undefined) throw new Error('--hand-back takes --key');
  const log = parseVerifierKey(logKey);
  const cosigner = await openCosigner(options);
  const witness = { log, memory, cosigner, readFile: openLogSource(url), now: new Date() };
  const seen = await witnessLog(witness);
  console.log(options.json ? JSON.stringify(seen) : sentenceOf(seen, cosigner));
  process.exitCode = EXIT[seen.relation];
  if (handBack === undefined || process.exitCode !== 0) return;
  // Beside the answer, as the key is: what was seen of the log does not depend on it.
  const refusal = await handBackTo(handBack, await readFile(seen.checkpoint, 'utf8'));
  process.stderr.write(refusal === undefined ? `Handed back to ${handBack}\n` : `NOT TAKEN: ${refusal}\n`);
  if (refusal !== undefined) process.exitCode = NOT_TAKEN;
}

function sentenceOf(seen: Witnessed, cosigner: Witness['cosigner']): string {
  const head = `${seen.origin}: ${seen.size} events, root ${seen.root}`;
  switch (seen.relation) {
    case 'first':
      return `${head}\nRemembered as the first head${byWhom(cosigner)}: ${seen.checkpoint}`;
    case 'same':
      return `${head}\nNothing new${byWhom(cosigner)}.`;
    case 'grown':
      return `${head}\nIt extends the log of ${seen.known} events; nothing was rewritten. Remembered${byWhom(cosigner)}: ${seen.checkpoint}`;
    case 'shrunk':
      return `${head}\nREFUSED: it had ${seen.known} events before. An old copy, or a history taken back; ask its operator.`;
    case 'split':
      return `${head}\nTWO HISTORIES: the log signed heads that cannot both be true. Keep ${seen.proof} and send it to everybody who relies on this log.`;
  }
}

const byWhom = (cosigner: Witness['cosigner']) => (cosigner ? `, cosigned as ${cosigner.key.name}` : '');

async function openCosigner({ key: file, name, passphraseFile }: Options): Promise<Witness['cosigner']> {
  if (file === undefined) return undefined;
  if (name === undefined || passphraseFile === undefined) throw new Error('--key takes --name and --passphrase-file');
  const passphrase = (await readFile(passphraseFile, 'utf8')).replace(/\r?\n$/, '');
  const signer = await readKeyFile(file, { passphrase }).catch(async (error: unknown) => {
    if (!(error instanceof TufProblem) || error.code !== 'key-file-missing') throw error;
    return writeKeyFile(file, generatePrivateKey(), { passphrase });
  });
  const key = verifierKey(name, SIGNATURE.cosignature, Buffer.from(signer.publicKey.keyval.public, 'hex'));
  // Beside the answer, so that a program reading JSON is not disturbed; whoever wants to check cosignatures needs it.
  process.stderr.write(`Cosigning key: ${formatVerifierKey(key)}\n`);
  return { key, sign: signer.sign };
}

async function prove(file: string, { logKey, json }: Options): Promise<void> {
  const proof = SplitView.parse(JSON.parse(await readFile(file, 'utf8')));
  if (logKey !== undefined && proof.logKey !== formatVerifierKey(parseVerifierKey(logKey)))
    throw new Error(`The proof is about ${proof.logKey}, another log`);
  const { log, heads } = await verifySplitView(proof, verifyEd25519);
  const [smaller, larger] = heads.map(({ size, root }) => ({ size, root }));
  if (json) console.log(JSON.stringify({ log: log.name, smaller, larger }));
  else
    console.log(
      `PROVEN: ${log.name} signed two histories.\n  ${smaller?.size} events, root ${smaller?.root}\n  ${larger?.size} events, root ${larger?.root}\nWhoever holds ${proof.logKey} did it, or let it happen.`,
    );
}
