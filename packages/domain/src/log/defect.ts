/** What is wrong with something a log published: a closed list, so that callers can tell a fork from a lost connection. */
export type LogDefectCode =
  /** The text is no note, no checkpoint, no tile path, no key … */
  | 'malformed'
  /** No signature by a key we know. */
  | 'not-signed'
  /** A signature that says it is by a key we know, and is not. */
  | 'signature-wrong'
  /** A tile or an entry bundle is missing, or has not the size its name says. */
  | 'tile-wrong';

/** Thrown by everything in this folder that reads what others wrote. */
export class LogDefect extends Error {
  readonly code: LogDefectCode;
  constructor(code: LogDefectCode, message: string) {
    super(message);
    this.name = 'LogDefect';
    this.code = code;
  }
}
