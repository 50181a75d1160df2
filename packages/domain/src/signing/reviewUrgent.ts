import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { signedBytes } from '../signedJson.ts';
import { digestWords } from '../signingRequest.ts';
import { URGENT_PATH, UrgentWithdrawals, type UrgentWithdrawal } from '../urgent.ts';
import { checkRequest, daysUntil, readRequest, type ReadRequest } from './payload.ts';
import { newFindings, NO_CONFIRMATIONS, Refused, type Findings, type SigningRefusal } from './refusal.ts';

/** What a duty officer's machine keeps of the last urgent list that it signed. */
export type UrgentMemory = { version: number; list: UrgentWithdrawals };

/** What a duty officer is shown. Nobody signs while `refusals` holds anything. */
export type UrgentReview = {
  refusals: SigningRefusal[];
  digest: string | null;
  words: string[];
  version: number | null;
  expires: string | null;
  daysLeft: number | null;
  /** The whole list as clients will get it. */
  list: UrgentWithdrawals | null;
  /** Withdrawn now, and not in the list this machine signed last. */
  added: UrgentWithdrawal[];
  /** In the list this machine signed last, and no longer: it would be shown again. */
  returned: UrgentWithdrawal[];
  /** The payload to sign, as it was read here; null while anything speaks against it. */
  signed: Record<string, unknown> | null;
  /** What this machine remembers once it is signed; null while anything speaks against it. */
  memory: UrgentMemory | null;
};

/**
 * Looks at a request of the urgent lane as whoever is on duty has to: the metadata names this list and nothing else, and
 * neither number goes back. It can only hide, so it takes no proof of approvals (DESIGN §4, fail-safe is asymmetric).
 * @param input.request, withdrawals as they came, parsed from JSON
 * @param input.last what this machine signed last; null the first time
 */
export function reviewUrgent(input: {
  request: unknown;
  withdrawals: unknown;
  last: UrgentMemory | null;
  now: Date;
}): UrgentReview {
  const findings = newFindings(NO_CONFIRMATIONS);
  let read: ReadRequest | undefined;
  let list: UrgentWithdrawals | undefined;
  try {
    read = readRequest(input.request, 'urgent');
    checkRequest(read, input.now, findings);
    list = readList(input.withdrawals);
    checkNamed(read, list, findings);
    checkRising(read, list, input.last, findings);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    findings.refuse(error.code, error.message);
  }
  const refusals = findings.end();
  const isSound = refusals.length === 0;
  return {
    refusals,
    digest: read?.digest ?? null,
    words: read ? digestWords(read.digest) : [],
    version: read?.payload.version ?? null,
    expires: read?.payload.expires ?? null,
    daysLeft: read ? daysUntil(read.payload.expires, input.now) : null,
    list: list ?? null,
    ...compared(input.last?.list, list),
    signed: isSound && read ? read.request.signed : null,
    memory: isSound && read && list ? { version: read.payload.version, list } : null,
  };
}

function readList(input: unknown): UrgentWithdrawals {
  const parsed = UrgentWithdrawals.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Refused('file-wrong', `${URGENT_PATH} is no list of withdrawals`);
}

/** The metadata names the list, byte for byte, and no other path: duty keys open `urgent/*` alone. */
function checkNamed({ payload }: ReadRequest, list: UrgentWithdrawals, findings: Findings): void {
  for (const path of Object.keys(payload.targets).filter((path) => path !== URGENT_PATH))
    findings.refuse('path-unknown', path);
  if (payload.delegations !== undefined) findings.refuse('payload-malformed', 'It would trust further keys');
  const target = payload.targets[URGENT_PATH];
  const bytes = concatBytes(signedBytes(list), utf8ToBytes('\n'));
  if (!target) findings.refuse('file-missing', URGENT_PATH);
  else if (target.length !== bytes.length || target.hashes.sha256 !== bytesToHex(sha256(bytes)))
    findings.refuse('file-wrong', `${URGENT_PATH} is not the list that is shown`);
  else if (target.custom['sequence'] !== list.sequence)
    findings.refuse('custom-wrong', `It says sequence ${target.custom['sequence']}, the list ${list.sequence}`);
}

function checkRising(
  { request: { previous }, payload }: ReadRequest,
  list: UrgentWithdrawals,
  last: UrgentMemory | null,
  findings: Findings,
): void {
  if (previous && previous.version >= payload.version)
    findings.refuse('version-back', `It would be version ${payload.version} after ${previous.version}`);
  if (last && last.version > payload.version)
    findings.refuse('version-back', `It would be version ${payload.version}, and ${last.version} was signed here`);
  if (last && last.list.sequence > list.sequence)
    findings.refuse('sequence-back', `It would be list ${list.sequence}, and ${last.list.sequence} was signed here`);
}

function compared(
  before: UrgentWithdrawals | undefined,
  after: UrgentWithdrawals | undefined,
): Pick<UrgentReview, 'added' | 'returned'> {
  const was = before?.withdrawn ?? [];
  const is = after?.withdrawn ?? [];
  const missingIn = (list: readonly UrgentWithdrawal[]) => (one: UrgentWithdrawal) =>
    !list.some(({ id, channels }) => id === one.id && channels?.join() === one.channels?.join());
  return { added: is.filter(missingIn(was)), returned: after ? was.filter(missingIn(is)) : [] };
}
