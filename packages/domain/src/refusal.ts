import type { ChannelType, Kind } from './vocabulary.ts';

/**
 * Every reason the product says no: one closed list, used by the rules, spoken by the API as RFC 9457 problems
 * and shown beside disabled buttons. `status` is the HTTP status.
 */
export const REFUSALS = {
  // Who
  'not-signed-in': { status: 401, title: 'Sign in first' },
  'not-permitted': { status: 403, title: 'Your role does not allow this' },
  'own-contribution': { status: 403, title: 'You contributed to this proposal, so somebody else must review it' },
  'not-a-contributor': { status: 403, title: 'Only a contributor of this proposal can do this' },
  'second-person-needed': { status: 403, title: 'A second person must confirm this; you asked for it yourself' },
  'wrong-credentials': { status: 401, title: 'The name or the password is wrong' },
  'too-many-attempts': { status: 429, title: 'Too many attempts; wait a while and try again' },
  // Which state
  'proposal-closed': { status: 409, title: 'This proposal is closed' },
  'not-in-review': { status: 409, title: 'This proposal is not in review' },
  'not-a-draft': { status: 409, title: 'This proposal is not a draft and needs no submitting' },
  'already-approved': { status: 409, title: 'You have approved this content already' },
  'stale-base': {
    status: 409,
    title: 'The record changed in the same place meanwhile; choose between the two values first',
  },
  'no-draft': { status: 409, title: 'There is no draft to submit' },
  'another-open-proposal': { status: 409, title: 'An open proposal does this already' },
  'record-not-active': { status: 409, title: 'The record is not active' },
  'record-not-suspended': { status: 409, title: 'The record is not suspended' },
  'record-not-retired': { status: 409, title: 'The record is not retired' },
  'record-exists': { status: 409, title: 'A record with this id or handle exists, or existed, already' },
  'request-closed': { status: 409, title: 'This request was decided already' },
  'last-admin': { status: 409, title: 'Two active admins must remain' },
  'already-set-up': { status: 409, title: 'This instance is set up already' },
  'versions-far-ahead': {
    status: 409,
    title: 'A stolen server key sends apps far ahead; nothing is signed until both are replaced',
  },
  'publishing-off': { status: 409, title: 'Publishing is off until signing keys exist' },
  'snapshot-not-prepared': { status: 409, title: 'This snapshot is not waiting to be published' },
  'snapshot-outdated': {
    status: 409,
    title: 'The directory changed since this snapshot was prepared; prepare it again',
  },
  'signatures-missing': { status: 409, title: 'Not enough people have signed this snapshot' },
  'signing-request-void': { status: 409, title: 'What was to be signed is void; prepare the snapshot again' },
  'signature-of-other-request': { status: 409, title: 'This signature is for something else' },
  'already-signed': { status: 409, title: 'This key has signed already' },
  'signature-key-unknown': { status: 422, title: 'This key may not sign snapshots' },
  'signature-wrong': { status: 422, title: 'This signature is wrong' },
  'signing-refused': { status: 422, title: 'Something speaks against signing this snapshot' },
  'signing-questions-open': { status: 422, title: 'Answer what is unusual about it first' },
  'gate-second-publisher': { status: 409, title: 'Large losses need a second publisher who gives a reason' },
  'nothing-to-publish': { status: 409, title: 'Nothing changed since the last snapshot' },
  'too-many-files': {
    status: 409,
    title: 'The snapshot would hold more files than apps can read; switch files by country off',
  },
  'already-resolved': { status: 409, title: 'This comment is resolved already' },
  'already-confirmed': { status: 409, title: 'This suspension was confirmed already' },
  'idempotency-key-reused': { status: 422, title: 'This idempotency key was used for another request' },
  'method-not-allowed-here': { status: 422, title: 'This method is not allowed for this fact' },
  'arrangement-needed': { status: 422, title: 'Test calls and messages to a child helpline need an agreed way first' },
  'fact-unknown': { status: 422, title: 'The entry has no such fact' },
  'no-such-channel': { status: 422, title: 'The entry has no such channel in use' },
  'observed-missing': { status: 422, title: 'Give the value you saw' },
  'already-claimed': { status: 409, title: 'Somebody else is at it' },
  'alarm-closed': { status: 409, title: 'This alarm was dealt with already' },
  'unsafe-alarm-open': { status: 409, title: 'An alarm says that this may be unsafe; deal with it first' },
  'mail-off': { status: 409, title: 'Mail is off until an SMTP server is configured' },
  'contact-missing': { status: 409, title: 'The organisation has no contact to write to' },
  'courtesy-cap': { status: 409, title: 'The organisation was contacted too recently; say that you mean it' },
  'link-for-another': { status: 403, title: 'This link is for another organisation' },
  'looks-like-a-report': {
    status: 422,
    title: 'This looks like a report. It was not kept: please report where somebody can act on it',
  },
  'proof-of-work-wrong': { status: 422, title: 'The proof of work is missing, used or wrong; load the page again' },
  'correction-closed': { status: 409, title: 'This correction was decided already' },
  'import-closed': { status: 409, title: 'This import was committed or discarded already' },
  'preview-missing': { status: 409, title: 'Nobody looked yet at what this file would change; preview it first' },
  'file-too-large': { status: 413, title: 'The file is too large' },
  'file-not-taken': { status: 415, title: 'This is no file that can be imported' },
  'file-unreadable': { status: 422, title: 'The file cannot be read' },
  'row-undecided': { status: 422, title: 'A person has to decide on this row first' },
  'row-rejected': { status: 422, title: 'This row of the file is not taken' },
  'webhook-missing': { status: 409, title: 'No address is known to tell this app at' },
  'webhook-not-dead': { status: 409, title: 'This message was not given up' },
  'cosignature-unknown': { status: 422, title: 'No witness that we know cosigned this' },
  'cosignature-wrong': { status: 422, title: 'This is no cosignature of a head of our log' },
  'head-unknown': { status: 409, title: 'Our log published no such head' },
  'batch-closed': { status: 409, title: 'Nothing of this batch is open any more' },
  'nothing-to-undo': { status: 409, title: 'Nothing of this batch was applied' },
  'already-undone': { status: 409, title: 'An undo of this batch is open or was applied already' },
  'undo-impossible': { status: 409, title: 'No proposal can take this back' },
  'still-referred-to': { status: 409, title: 'Another record refers to this one' },
  'watcher-off': { status: 404, title: 'The watcher is off' },
  // What was read
  'precondition-required': { status: 428, title: 'Say which revision you read: send If-Match' },
  'stale-content': { status: 412, title: 'The content changed since you read it; look at it again' },
  'stale-revision': { status: 412, title: 'Somebody changed this meanwhile; reload and apply your change again' },
  // What was sent
  'comment-required': { status: 422, title: 'Say why: a comment is required' },
  'nothing-changed': { status: 422, title: 'The proposal changes nothing' },
  'document-invalid': { status: 422, title: 'The document has problems' },
  'evidence-missing': { status: 422, title: 'Primary evidence is missing for a changed fact' },
  'successor-required': { status: 422, title: 'This reason needs a successor' },
  'successor-not-active': { status: 422, title: 'The successor must be an active entry other than this one' },
  'unknown-reference': { status: 422, title: 'The document names a record that does not exist' },
  'id-changed': { status: 422, title: 'Id and type of a record never change' },
  'selection-too-large': { status: 422, title: 'These are too many at once; narrow the selection' },
  'input-invalid': { status: 422, title: 'The request has problems' },
  'password-weak': { status: 422, title: 'Choose a longer password that is not a common one' },
  'token-invalid': { status: 403, title: 'This link is used up, expired or wrong' },
  'filter-unknown': { status: 400, title: 'This filter or sort is not offered' },
  'json-malformed': { status: 400, title: 'The body is not valid JSON' },
  'content-type-wrong': { status: 415, title: 'Send application/json' },
  'origin-refused': { status: 403, title: 'The request does not come from this site' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'not-found': { status: 404, title: 'There is no such thing here' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'storage-full': { status: 507, title: 'The disk is full; nothing was changed' },
  'storage-failed': { status: 503, title: 'The storage failed; nothing was changed' },
  internal: { status: 500, title: 'Something went wrong on our side' },
} as const satisfies Record<string, { status: number; title: string }>;

export type RefusalCode = keyof typeof REFUSALS;

/** Where a person should go instead, as it is published. */
export type Signpost = { name: string; kind: Kind; type: ChannelType; address: string };

/** A refusal with the facts a person needs: which fields, how many, since when. */
export type Refusal = {
  code: RefusalCode;
  /** One sentence more than the title, where there is more to say. */
  detail?: string;
  /** Fields at fault, by JSON pointer. */
  errors?: { path: string; message: string }[];
  /** For what belongs elsewhere: where. */
  signposts?: Signpost[];
};

/** Makes a refusal; rules read better with it than with object literals. */
export function refuse(code: RefusalCode, detail?: string, errors?: Refusal['errors']): Refusal {
  return { code, ...(detail === undefined ? {} : { detail }), ...(errors === undefined ? {} : { errors }) };
}
