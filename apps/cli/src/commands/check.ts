import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { parseVerifierKey, signingCalendar } from '@waymark/domain';
import { checkPublic, type CheckReport } from '@waymark/services';
import { parseSigningPolicy } from '@waymark/tuf';

type Options = {
  root: string;
  dir?: string;
  json: boolean;
  expectSequence?: number;
  api?: string;
  logKey?: string;
  policy?: string;
  witness: string[];
};

/** What cron looks at. Wrong arguments are not an alarm: nobody should be woken for a typing error in a crontab. */
const EXIT = { ok: 0, alarm: 1, unusable: 2 } as const;

/** `waymark check URL`: what somebody outside runs every quarter of an hour. */
export function checkCommand(): Command {
  return new Command('check')
    .description(
      'Look at a public tree from outside, as a client and as its host should be: dates, next root, headers, version, log. For cron. Exit code 0 all is well, 1 somebody must act, 2 the arguments cannot be used',
    )
    .argument('<url>', 'address clients download from, e.g. https://feed.example.org')
    .requiredOption('--root <file>', 'root metadata you trust, e.g. 1.root.json')
    .option('--dir <dir>', 'folder that remembers from run to run, so that what went back or is late is noticed')
    .option('--expect-sequence <n>', 'number of the snapshot that should be there', positive)
    .option('--api <url>', 'address of the server that makes the snapshots; the version there is expected here')
    .option('--log-key <key>', 'verifier key of the audit log, name+id+base64; its heads are compared too')
    .option('--policy <file>', 'signing policy, whose days decide what is an alarm; otherwise the usual days')
    .option(
      '--witness <key>',
      'cosigning key of a witness you rely on; may be repeated. Its cosignatures are verified and shown',
      (key: string, before: string[]) => [...before, key],
      [] as string[],
    )
    .option('--json', 'one line of JSON for programs', false)
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.unusable);
    })
    .action(run);
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('write a whole number from 1 on');
}

async function run(url: string, options: Options): Promise<void> {
  const input = await readInput(url, options).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = EXIT.unusable;
  });
  if (!input) return;
  const memoryDir = options.dir ?? (await mkdtemp(join(tmpdir(), 'waymark-check-')));
  try {
    const report = await checkPublic({ ...input, memoryDir, now: new Date(), expectSequence: options.expectSequence });
    console.log(options.json ? JSON.stringify(report) : wordsOf(report));
    process.exitCode = report.ok ? EXIT.ok : EXIT.alarm;
  } finally {
    if (options.dir === undefined) await rm(memoryDir, { recursive: true, force: true });
  }
}

async function readInput(url: string, { root, api, logKey, policy, witness }: Options) {
  for (const address of [url, ...(api === undefined ? [] : [api])])
    if (!/^https?:\/\//.test(address) || !URL.canParse(address)) throw new Error(`${address} is no http address`);
  if (witness.length > 0 && logKey === undefined) throw new Error('--witness takes --log-key');
  const rootBytes = await readFile(root);
  requireRoot(rootBytes, root);
  return {
    url: url.replace(/\/+$/, ''),
    rootBytes,
    origin: api === undefined ? undefined : `${api.replace(/\/+$/, '')}/repo`,
    logKey: logKey === undefined ? undefined : parseVerifierKey(logKey),
    calendar: policy === undefined ? undefined : signingCalendar(parseSigningPolicy(await readFile(policy, 'utf8'))),
    witnesses: witness.map(parseVerifierKey),
  };
}

function requireRoot(bytes: Buffer, file: string): void {
  try {
    const { signed } = JSON.parse(bytes.toString()) as { signed?: Record<string, unknown> };
    if (signed?.['_type'] === 'root') return;
  } catch {
    // Said below.
  }
  throw new Error(`${file} is no root metadata`);
}

function wordsOf({
  url,
  ok,
  sequence,
  rootVersion,
  versions,
  daysLeft,
  witnesses = [],
  findings,
}: CheckReport): string {
  const state =
    versions === undefined
      ? [`${url}: a client gets nothing here`]
      : [
          `${url}: snapshot ${sequence}, root ${rootVersion}, timestamp ${versions.timestamp}`,
          `  days left: ${Object.entries(daysLeft ?? {})
            .map(([role, days]) => `${role} ${days}`)
            .join(', ')}`,
        ];
  const cosigned = witnesses.flatMap(({ name, cosigned }) =>
    cosigned ? [`  cosigned by ${name}: ${cosigned.size} events, at ${cosigned.at}`] : [],
  );
  const found = findings.map(
    ({ level, code, message }) => `${level === 'alarm' ? 'ALARM' : 'note '} ${code}: ${message}`,
  );
  return [...state, ...cosigned, ...found, ok ? 'All is well.' : 'Somebody must act.'].join('\n');
}
