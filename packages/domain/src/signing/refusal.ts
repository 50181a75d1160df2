/**
 * Every reason why a signer's machine refuses to sign a snapshot (SNAPSHOTS §4.2, SECURITY T-20, T-21): one closed list,
 * said by the command line and by the browser. What `confirm` names a person may answer for, by typing what is shown.
 */
export const SIGNING_REFUSALS = {
  // The request
  'request-malformed': 'This is not a request to sign a snapshot',
  'role-wrong': 'This request is for another role than targets',
  'digest-wrong': 'The request names another digest than that of its payload',
  'payload-malformed': 'The payload is not targets metadata as clients read it',
  'expiry-out-of-range': 'The signature would live too long, or end too soon',
  'created-in-future': 'The request was made in the future; compare the clocks',
  'delegations-changed': 'Other keys than before would be trusted for parts of the tree',
  // Against what this machine verified
  'nothing-to-compare': 'This machine has verified no snapshot yet, so there is nothing to compare with',
  'memory-behind': 'Snapshots were published that this machine has not verified',
  'memory-damaged': 'What this machine remembers was damaged',
  'previous-differs': 'It builds on another snapshot than the one this machine verified',
  'version-back': 'Its version is not higher than one this machine verified',
  'sequence-back': 'Its number is not higher than one this machine verified',
  // The files
  'file-missing': 'A file that would be signed is missing',
  'file-wrong': 'A file has other bytes than would be signed',
  'file-unlisted': 'A file would be signed that the manifest does not name',
  'path-unknown': 'A file would be signed under a path that snapshots do not have',
  'custom-wrong': 'What is said beside a file contradicts the manifest',
  'manifest-malformed': 'The manifest cannot be read',
  'manifest-differs': 'The manifest names a file with other bytes than would be signed',
  'program-differs': 'Another version of this program made it than runs here: review it with the same one',
  'demo-assurance': 'This is a snapshot of a demo',
  'content-digest-wrong': 'The content digest is not that of the directory',
  'record-malformed': 'A record is not as records are published',
  'records-unsorted': 'Records are not in the order of their ids, or one stands twice',
  'form-differs': 'Another form of the directory holds something else than the directory',
  'form-unknown': 'A file would be signed that nobody here can make of the directory',
  'counts-wrong': 'The manifest counts something else than the files hold',
  'changes-wrong': 'The manifest names other changes than there are',
  // What people lose
  'count-drop': 'More than 5 % of the entries leave',
  'host-changed': 'A web address leads to another host than before',
  'removal-unexplained': 'A record left, and nobody says why',
  'tombstone-missing': 'A retired record or channel has no tombstone',
  'tombstone-lost': 'A tombstone that was published is gone',
  'tombstone-changed': 'A tombstone that was published says something new, and nobody approved that',
  'tombstone-unapproved': 'A tombstone is new, and nobody approved what it says',
  'tombstone-wrong': 'A tombstone says something else than was approved',
  'dead-value-missing': 'A tombstone leaves out an address that no published record answers',
  // What people approved
  'approvals-missing': 'The proof of approvals is missing or belongs to another snapshot',
  'approvals-malformed': 'The proof of approvals cannot be read',
  'approval-missing': 'A record changed without its approvals',
  'approval-of-other-content': 'The approvals are for other content',
  'too-few-approvals': 'Fewer people approved than the risk of the change asks for',
  'approved-by-contributor': 'Somebody approved what they contributed to',
  'document-differs': 'The approved document is not the one that the log names',
  'published-differs': 'What would be published is not what was approved',
  'revision-back': 'A record goes back to an older revision',
  'policy-unknown': 'The policy that was in force is missing',
  'policy-weaker': 'The policy asks for fewer approvals than this machine knew',
  // The log
  'event-not-in-log': 'An event is not in the audit log',
  'content-not-in-log': 'The audit log does not hold the digest of this content',
  'commitment-wrong': 'An event says something else than the log committed to',
  'log-back': 'The audit log is shorter than this machine knew it',
  'log-rewritten': 'The audit log did not only grow: history was rewritten',
} as const;

export type SigningRefusalCode = keyof typeof SIGNING_REFUSALS;

/** What a person may answer for, after reading it: `value` is what they type. */
export type Confirmable = { kind: keyof Confirmations; value: string };

/** A reason not to sign, where it is, and whether a person may answer for it. */
export type SigningRefusal = { code: SigningRefusalCode; detail: string; confirm?: Confirmable };

/** What the signer answered for, each by typing what was shown. */
export type Confirmations = {
  /** Names of hosts that are meant. */
  hosts: readonly string[];
  /** `FROM-TO`: how many entries there were and will be. */
  drop: readonly string[];
  /** Digests of delegations that are meant. */
  delegations: readonly string[];
  /** Numbers of policy versions that are meant. */
  policies: readonly string[];
  /** Ids of records whose tombstone may go, or say less. */
  tombstones: readonly string[];
  /** The six words, on a machine that has nothing to compare with. */
  firstUse: readonly string[];
};

export const NO_CONFIRMATIONS: Confirmations = {
  hosts: [],
  drop: [],
  delegations: [],
  policies: [],
  tombstones: [],
  firstUse: [],
};

/** Ends a review early: what follows could not be looked at. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: SigningRefusalCode;
  constructor(code: SigningRefusalCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** More of one kind than a person reads; the rest is counted. */
const MOST_OF_A_KIND = 50;

/** Gathers refusals. What a person answered for is left out; of each kind the first ones are named, the rest counted. */
export function newFindings(confirmations: Confirmations) {
  const listed: SigningRefusal[] = [];
  const counts = new Map<SigningRefusalCode, number>();
  return {
    refuse(code: SigningRefusalCode, detail: string, confirm?: Confirmable): void {
      if (confirm && confirmations[confirm.kind].includes(confirm.value)) return;
      const n = (counts.get(code) ?? 0) + 1;
      counts.set(code, n);
      // What can be answered for is always listed: otherwise nobody could.
      if (n <= MOST_OF_A_KIND || confirm) listed.push({ code, detail, ...(confirm ? { confirm } : {}) });
    },
    end(): SigningRefusal[] {
      const more = [...counts].filter(([code, n]) => n > listed.filter((refusal) => refusal.code === code).length);
      return [...listed, ...more.map(([code, n]) => ({ code, detail: `${n} of this kind in all` }))];
    },
  };
}
export type Findings = ReturnType<typeof newFindings>;
