/** Why a copy could not be made or is not what it should be. Closed, so that a screen can say each in its own words. */
export type DestinationProblemCode =
  /** The settings are wrong; only a person can mend them. */
  | 'misconfigured'
  /** Network, host or service: trying again may help. */
  | 'unreachable'
  /** The place does not take what we bring: permission, quota, a program that is missing. */
  | 'refused'
  /** A file that is written once lies there with other bytes: somebody else writes to this place. */
  | 'other-bytes'
  /** All is there, but clients do not get it at the public address. */
  | 'not-seen';

/** The one error of this folder. Its message is for people and never holds a secret. */
export class DestinationProblem extends Error {
  override readonly name = 'DestinationProblem';
  readonly code: DestinationProblemCode;

  constructor(code: DestinationProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * A way into one place that clients download from. Whoever uses it calls in the order in which clients may see files;
 * each call is finished, in that place, when it returns.
 * All methods @throws DestinationProblem
 */
export type Session = {
  /** Puts files that are written once: those that are there with the same bytes stay, other bytes are refused. */
  putOnce(dir: string, paths: readonly string[]): Promise<void>;
  /** Puts files that change; each is the old one or the new one at any moment. */
  replace(dir: string, paths: readonly string[]): Promise<void>;
  /** Removes files; those that are not there are fine. */
  remove(paths: readonly string[]): Promise<void>;
  /** Makes visible what is not visible yet: places that change as a whole, such as git, wait for this. */
  finish(): Promise<void>;
  /** Lets go of the connection, finished or not. */
  close(): Promise<void>;
};

export type Destination = {
  name: string;
  /** Where clients find what is put there. */
  url: string;
  /** Whether a snapshot is published only once clients see it there. */
  required: boolean;
  open(): Promise<Session>;
};
