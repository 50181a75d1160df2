/** Every way this package refuses. Closed, so that a caller can switch over it. */
export type TufProblemCode =
  // keys
  | 'key-file-missing'
  | 'key-file-empty'
  | 'key-file-exists'
  | 'key-file-malformed'
  | 'key-file-mode'
  | 'key-file-not-encrypted'
  | 'key-passphrase-missing'
  | 'key-passphrase-wrong'
  | 'key-wrong'
  | 'key-address-unknown'
  | 'agent-unreachable'
  | 'agent-has-no-key'
  // what was asked to be signed
  | 'not-canonical'
  | 'policy-refused'
  | 'request-refused'
  | 'signature-refused'
  | 'target-refused'
  | 'lifetime-refused'
  | 'root-refused'
  | 'root-expired'
  | 'threshold-not-met'
  | 'delegation-refused'
  | 'not-delegated'
  | 'urgent-refused'
  | 'clock-before-last-signed'
  // what was signed elsewhere
  | 'request-outdated'
  | 'request-expired'
  | 'signature-of-other-request'
  | 'signature-key-unknown'
  | 'signature-wrong'
  | 'signature-twice'
  // the tree on disk
  | 'tree-has-no-root'
  | 'tree-broken'
  | 'tree-busy'
  | 'tree-changed'
  | 'versions-far-ahead'
  | 'tree-not-writable'
  | 'version-exists-with-other-bytes'
  // what a client found
  | 'unreachable'
  | 'file-missing'
  | 'metadata-malformed'
  | 'signature-invalid'
  | 'expired'
  | 'rollback'
  | 'hash-mismatch'
  | 'target-unknown';

/** The one error of this package. Its message is for people; it never contains key bytes or a passphrase. */
export class TufProblem extends Error {
  override readonly name = 'TufProblem';
  readonly code: TufProblemCode;

  constructor(code: TufProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
