import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DATED_ROLES,
  DEFAULT_CALENDAR,
  formatVerifierKey,
  LogDefect,
  openCheckpoint,
  readCosignatures,
  rootAlarmDays,
  type DatedRole,
  type Manifest,
  type SigningCalendar,
  type VerifierKey,
  type WitnessWord,
} from '@waymark/domain';
import {
  isOwnVersion,
  lintRepository,
  replaceFile,
  TufProblem,
  verifyRepository,
  type VerifiedRepository,
} from '@waymark/tuf';
import { verifyEd25519 } from '../log/ed25519.ts';
import { CHECKPOINT, decodeNote, readText } from '../log/open.ts';
import { openLogSource } from '../log/source.ts';
import { witnessLog } from '../log/witness.ts';

/** What somebody outside should hear of (SNAPSHOTS §4.11). `notice`: soon, or it costs time; nobody is misled. */
export type Finding = { level: 'alarm' | 'notice'; code: string; message: string };

export type CheckReport = {
  url: string;
  at: string;
  ok: boolean;
  /** What a client has there; absent when it refuses. */
  sequence?: number;
  rootVersion?: number;
  versions?: VerifiedRepository['versions'];
  /** Whole days until each role's signature ends, rounded down. */
  daysLeft?: Record<string, number>;
  /** What each witness that was named cosigned last, and when; absent while none is named or the log cannot be checked. */
  witnesses?: { name: string; key: string; cosigned: { size: number; at: string } | null }[];
  findings: Finding[];
};

export type CheckOptions = {
  url: string;
  /** The root that is trusted without asking. */
  rootBytes: Buffer;
  /** What was seen before: kept from run to run, an older state and a rewritten log are noticed too. */
  memoryDir: string;
  now: Date;
  /** The deadlines of the signing policy; without it the usual ones. */
  calendar?: SigningCalendar | undefined;
  /** The snapshot that should be there. */
  expectSequence?: number | undefined;
  /** Where the tree is made: what it has, the public address must have ten minutes later. */
  origin?: string | undefined;
  /** The log's key, known from elsewhere; without it the log is not looked at. */
  logKey?: VerifierKey | undefined;
  /** Witnesses one relies on: their cosignatures are looked for. */
  witnesses?: readonly VerifierKey[] | undefined;
};

const day = 24;

export type HoursLeft = Partial<Record<DatedRole, number>>;

/** How long the public address may be behind. */
const BEHIND_MINUTES = 10;
/**
 * Looks at a public address as a client and as a careful host: signatures, dates, answers, the version that should be there,
 * and the log. For cron, outside the server. Changes nothing but its memory.
 * @returns everything that was found; `ok` while nothing of it is an alarm
 */
export async function checkPublic(options: CheckOptions): Promise<CheckReport> {
  const { url, rootBytes, memoryDir, now, calendar = DEFAULT_CALENDAR } = options;
  await mkdir(memoryDir, { recursive: true });
  const findings: Finding[] = [];
  const seen = await verifyRepository({
    url,
    rootBytes,
    dir: join(memoryDir, 'client'),
    targets: ['v1/manifest.json'],
  }).catch((error: unknown) => {
    if (!(error instanceof TufProblem)) throw error;
    findings.push(alarm(`client-${error.code}`, error.message));
    return undefined;
  });
  const about = seen && describe(seen, now);
  if (seen && about) {
    const urgent = await urgentExpires(url, memoryDir);
    if (urgent !== undefined) about.hoursLeft.urgent = hoursUntil(urgent, now);
    findings.push(...dateFindings(about.hoursLeft, calendar));
    findings.push(...standingFindings(seen));
    findings.push(...(await versionFindings(options, seen, about.sequence)));
  }
  const rootVersion = seen?.rootVersion ?? rootVersionIn(rootBytes);
  for (const { level, code, path, message } of await lintRepository({ url, rootVersion }))
    findings.push({ level: level === 'fault' ? 'alarm' : 'notice', code, message: `${path} ${message}` });
  const log = await checkLog(options);
  findings.push(...log.findings);
  return {
    url,
    at: now.toISOString(),
    ok: findings.every(({ level }) => level === 'notice'),
    ...(seen && about
      ? {
          sequence: about.sequence,
          rootVersion: seen.rootVersion,
          versions: seen.versions,
          daysLeft: Object.fromEntries(
            Object.entries(about.hoursLeft).map(([role, hours]) => [role, Math.floor(hours / day)]),
          ),
        }
      : {}),
    ...(log.words ? { witnesses: log.words.map(asReported) } : {}),
    findings,
  };
}

const instant = (seconds: number) => new Date(seconds * 1000).toISOString();

function asReported({ witness, cosigned }: WitnessWord) {
  const said = cosigned && { size: cosigned.size, at: instant(cosigned.at) };
  return { name: witness.name, key: formatVerifierKey(witness), cosigned: said };
}

function describe({ expires, targets }: VerifiedRepository, now: Date) {
  const hoursLeft: HoursLeft = {
    root: hoursUntil(expires.root, now),
    targets: hoursUntil(expires.targets, now),
    snapshot: hoursUntil(expires.snapshotRole, now),
    timestamp: hoursUntil(expires.timestamp, now),
  };
  // Its bytes were verified against the signed hash.
  const { sequence } = JSON.parse(String(targets.get('v1/manifest.json'))) as Manifest;
  return { hoursLeft, sequence };
}

function hoursUntil(date: string, now: Date): number {
  return (Date.parse(date) - now.getTime()) / 3_600_000;
}

/** The date of the urgent lane, where there is one. The snapshot metadata that names it was just verified. */
async function urgentExpires(url: string, memoryDir: string): Promise<string | undefined> {
  const snapshot = JSON.parse(await readFile(join(memoryDir, 'client/metadata/snapshot.json'), 'utf8')) as {
    signed: { meta: Record<string, { version: number }> };
  };
  const meta = snapshot.signed.meta['urgent.json'];
  if (!meta) return undefined;
  const signed = await fetchSigned(`${url.replace(/\/+$/, '')}/metadata/${meta.version}.urgent.json`);
  // What cannot be read has no days left.
  return typeof signed?.['expires'] === 'string' ? signed['expires'] : new Date(0).toISOString();
}

/** What no date says: numbers of a thief, and that nobody could withdraw at once. */
export function standingFindings({
  versions,
  isDemo,
  hasDuty,
}: Pick<VerifiedRepository, 'versions' | 'isDemo' | 'hasDuty'>): Finding[] {
  const far = Object.entries(versions).find(([, version]) => !isOwnVersion(version));
  return [
    ...(far
      ? [
          alarm(
            'versions-far-ahead',
            `${far[0] === 'snapshotRole' ? 'snapshot' : far[0]} ${far[1]}: somebody has an online key and sends apps far ahead; on the server, ` +
              'make new keys with `waymark keys online --next` and publish a root that names both with `waymark root publish FILE --old-keys-lost`',
          ),
        ]
      : []),
    ...(isDemo || hasDuty
      ? []
      : [
          notice(
            'no-urgent-lane',
            'nobody can withdraw an unsafe entry at once: make a key for each person on duty with `waymark keys new NAME-duty`, name them under `urgent` in signing-policy.json of the server, and publish the next snapshot',
          ),
        ]),
  ];
}

/** Each role against its deadlines: when it may be signed anew, when somebody must act, and for root the louder ones. */
export function dateFindings(hoursLeft: HoursLeft, calendar: SigningCalendar = DEFAULT_CALENDAR): Finding[] {
  return DATED_ROLES.flatMap((role): Finding[] => {
    const left = hoursLeft[role];
    if (left === undefined) return [];
    const words = `the ${role} signature ends in ${left < 4 * day ? `${Math.floor(left)} hours` : `${Math.floor(left / day)} days`}`;
    if (left < calendar[role].alarm) {
      const below = role === 'root' ? `-below-${rootAlarmDays(calendar, left)}-days` : '';
      return [alarm(`${role}-expires${below}`, `${words}; sign it anew`)];
    }
    return left < calendar[role].windowOpens ? [notice(`${role}-window-open`, `${words}; it may be signed anew`)] : [];
  });
}

async function versionFindings(
  { url, memoryDir, now, expectSequence, origin }: CheckOptions,
  { versions }: VerifiedRepository,
  sequence: number,
): Promise<Finding[]> {
  const wanted: [what: string, has: number, should: number][] = [];
  if (expectSequence !== undefined) wanted.push(['snapshot', sequence, expectSequence]);
  if (origin !== undefined) {
    const should = await timestampAt(origin);
    if (should === undefined) return [notice('origin-unreachable', `${origin} does not say what should be at ${url}`)];
    wanted.push(['timestamp', versions.timestamp, should]);
  }
  const behind = wanted.find(([, has, should]) => has < should);
  const since = await rememberBehind(memoryDir, behind?.join(' '), now);
  if (!behind || since === undefined) return [];
  const [what, has, should] = behind;
  const minutes = Math.floor((now.getTime() - since.getTime()) / 60_000);
  const make = minutes >= BEHIND_MINUTES ? alarm : notice;
  return [make('version-behind', `${what} ${has} is there, ${should} should be; for ${minutes} minutes now`)];
}

async function timestampAt(origin: string): Promise<number | undefined> {
  const version = (await fetchSigned(`${origin.replace(/\/+$/, '')}/metadata/timestamp.json`))?.['version'];
  return typeof version === 'number' ? version : undefined;
}

/** The signed part of a metadata file, not verified; undefined when there is none to be had. */
async function fetchSigned(url: string): Promise<Record<string, unknown> | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return ((await answer.json()) as { signed?: Record<string, unknown> }).signed;
  } catch {
    return undefined;
  }
}

/** Since when it has been behind: from this run to the next, whatever number is missing. */
async function rememberBehind(memoryDir: string, behind: string | undefined, now: Date): Promise<Date | undefined> {
  const name = 'behind.json';
  const text = await readFile(join(memoryDir, name), 'utf8').catch(() => '{}');
  const before = JSON.parse(text) as { since?: string };
  const since = behind === undefined ? undefined : (before.since ?? now.toISOString());
  await replaceFile(memoryDir, {
    path: name,
    bytes: Buffer.from(JSON.stringify(since === undefined ? {} : { since })),
  });
  return since === undefined ? undefined : new Date(since);
}

type LogCheck = { findings: Finding[]; words?: WitnessWord[] };

async function checkLog({ url, memoryDir, now, logKey, witnesses = [] }: CheckOptions): Promise<LogCheck> {
  if (!logKey) return { findings: [] };
  const readFile = openLogSource(`${url.replace(/\/+$/, '')}/log`);
  const memory = join(memoryDir, 'log');
  try {
    const { relation, size, known, proof } = await witnessLog({ log: logKey, readFile, memory, now });
    if (relation === 'split')
      return only(alarm('log-split', `the audit log signed two histories; the proof is ${proof ?? 'in the memory'}`));
    if (relation === 'shrunk')
      return only(alarm('log-shrunk', `the audit log shows ${size} events and showed ${known} before`));
    if (witnesses.length === 0) return { findings: [] };
    // The head that was just verified: the memory holds the note as it was served.
    const head = await openCheckpoint((await readText(join(memory, CHECKPOINT))) ?? '', logKey, verifyEd25519);
    const readNote = (path: string) => readFile(path).then((bytes) => bytes && decodeNote(bytes));
    const words = await readCosignatures(head, witnesses, { log: logKey, verify: verifyEd25519, readFile, readNote });
    return { words, findings: words.flatMap((word) => witnessFindings(word, now)) };
  } catch (error) {
    if (error instanceof LogDefect)
      return only(alarm('log-unverifiable', `the audit log cannot be verified: ${error.message}`));
    return only(alarm('log-unreachable', error instanceof Error ? error.message : String(error)));
  }
}

const only = (finding: Finding): LogCheck => ({ findings: [finding] });

/** A witness that looks from cron cosigns every day. */
const WITNESS_DAYS = 7;

function witnessFindings({ witness: { name }, cosigned, contradicts }: WitnessWord, now: Date): Finding[] {
  if (contradicts)
    return [alarm('log-split', `the head does not extend the one of ${cosigned?.size} events that ${name} cosigned`)];
  if (!cosigned) return [notice('log-not-cosigned', `${name} cosigned no head of the audit log`)];
  const days = Math.floor((now.getTime() / 1000 - cosigned.at) / (24 * 3600));
  return days < WITNESS_DAYS
    ? []
    : [notice('log-cosignature-old', `${name} cosigned the audit log last ${days} days ago`)];
}

function rootVersionIn(bytes: Buffer): number {
  const { signed } = JSON.parse(bytes.toString()) as { signed: { version: number } };
  return signed.version;
}

function alarm(code: string, message: string): Finding {
  return { level: 'alarm', code, message };
}

function notice(code: string, message: string): Finding {
  return { level: 'notice', code, message };
}
