import { dueState, type AlarmKind } from '@waymark/domain';
import type { AlarmRow, VerificationStateRow } from '@waymark/store';

/** One thing that is wrong with an entry, in words, and since when. */
export type Fault = { words: string; since: string };

/** What an alarm says, for whoever mends the entry in a spreadsheet. */
const ALARM_WORDS: Record<AlarmKind, string> = {
  'not-found': 'the page is gone',
  'server-error': 'the server answers with an error',
  timeout: 'the server does not answer in time',
  'tls-invalid': 'the certificate is not valid',
  'tls-expiring': 'the certificate ends soon',
  'dns-gone': 'the name of the host leads nowhere',
  redirected: 'the address leads elsewhere',
  'domain-changed': 'the domain may have changed hands',
  'host-foreign': 'the address leads to the host of somebody else',
  'value-missing': 'what stands here is no longer on the page',
  'page-changed': 'the page has changed',
  'user-report': 'a user reported a mistake',
  'organisation-report': 'the organisation reported a mistake',
};

/**
 * What is broken or stale of an entry, the worst first: what may be unsafe, other open alarms, what a check contradicted, what ran out or
 * waits for its check.
 */
export function faultsOf(state: VerificationStateRow | undefined, alarms: readonly AlarmRow[], now: string): Fault[] {
  return [
    ...alarms.toSorted((a, b) => Number(b.unsafe) - Number(a.unsafe)).map(alarmFault),
    ...(state === undefined ? [] : standingFaults(state, now)),
  ];
}

const alarmFault = ({ unsafe, path, kind, raisedAt }: AlarmRow): Fault => ({
  words: `${unsafe ? 'May be unsafe' : 'Alarm'}${path === '' ? '' : `, ${path}`}: ${ALARM_WORDS[kind]}.`,
  since: raisedAt,
});

function standingFaults(state: VerificationStateRow, now: string): Fault[] {
  if (state.contradicted) return [{ words: 'A check found it otherwise.', since: state.dueAt }];
  switch (dueState(state, now)) {
    case 'expired':
      return [{ words: 'Nobody confirmed it for too long: it ran out.', since: state.expiresAt ?? state.dueAt }];
    case 'overdue':
      return [{ words: 'Its check is overdue.', since: state.dueAt }];
    case 'due':
      return [{ words: 'Its check is due.', since: state.dueAt }];
    default:
      return [];
  }
}

/** Whether an entry belongs on a fix list: a check that is merely due is no fault. */
export function isFaulty(state: VerificationStateRow | undefined, alarms: readonly AlarmRow[], now: string): boolean {
  if (alarms.length > 0) return true;
  return state !== undefined && (state.contradicted || ['overdue', 'expired'].includes(dueState(state, now)));
}
