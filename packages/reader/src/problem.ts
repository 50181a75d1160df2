/**
 * Why a refresh brought nothing new. The first four are weather: nobody there, a file not there (yet), a page that is no file of
 * a repository (a captive portal), dates that passed. The others are what an attack looks like, and are told as an alarm.
 */
export type ProblemCode =
  | 'unreachable'
  | 'missing'
  | 'garbled'
  | 'expired'
  | 'schema-unknown'
  | 'storage'
  | 'signature'
  | 'hash'
  | 'rollback'
  | 'malformed';

const ALARMS: ReadonlySet<ProblemCode> = new Set(['signature', 'hash', 'rollback', 'malformed']);

/** Why something was refused. What was there before stays. */
export class ReaderProblem extends Error {
  override name = 'ReaderProblem';
  readonly code: ProblemCode;

  constructor(code: ProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** Whether somebody should look: signatures, hashes, versions or forms that no honest host serves. */
  get isAlarm(): boolean {
    return ALARMS.has(this.code);
  }
}

/** Any error as a problem; one that is none yet gets this code. */
export function toProblem(error: unknown, otherwise: ProblemCode): ReaderProblem {
  if (error instanceof ReaderProblem) return error;
  return new ReaderProblem(otherwise, error instanceof Error ? error.message : String(error), { cause: error });
}
