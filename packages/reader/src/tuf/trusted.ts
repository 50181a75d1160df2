/** The metadata that is trusted, as bytes. What verifies what follows from the bytes; nothing else is remembered. */
export type Trusted = {
  root: Uint8Array;
  timestamp?: Uint8Array | undefined;
  snapshot?: Uint8Array | undefined;
  targets?: Uint8Array | undefined;
  /** Of the delegated role `urgent`. */
  urgent?: Uint8Array | undefined;
};

/** Where files come from: a mirror, a folder, a test. */
export type Source = {
  /**
   * A file of the tree by its fixed name, such as `metadata/timestamp.json`; undefined when the host says there is none.
   * @throws ReaderProblem `unreachable`; `hash` when it is longer than `maxLength`
   */
  file(path: string, maxLength: number): Promise<Uint8Array | undefined>;
};

/** What a client makes of a source: newer trusted metadata, or an error and nothing. */
export type Engine = {
  /**
   * The client workflow 5.3 to 5.6 of the TUF specification, and the role `urgent`.
   * @param trusted what is trusted so far, a root at least
   * @param keepRoot told of each root at once, since it counts whatever comes after it (5.3.8)
   * @returns what is trusted now; `urgentProblem` says why the role `urgent` was left as it was
   * @throws ReaderProblem
   */
  update(
    trusted: Trusted,
    source: Source,
    now: Date,
    keepRoot: (root: Uint8Array) => void,
  ): Promise<{ trusted: Trusted; urgentProblem?: Error | undefined }>;
};
