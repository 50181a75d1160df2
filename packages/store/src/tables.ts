import { sql } from 'drizzle-orm';
import { blob, check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type {
  AlarmKind,
  AuditAction,
  Conflict,
  ContributorPart,
  Decision,
  EntryStanding,
  Evidence,
  Method,
  Outcome,
  Policy,
  ProposalKind,
  ProposalState,
  RecordState,
  RecordType,
  Risk,
  Role,
  WebhookEvent,
  SignatureFile,
  SigningRequest,
  UrgentWithdrawals,
} from '@waymark/domain';

/**
 * All tables. Times are ISO-8601 text in UTC, documents JSON text. Triggers that keep the rules of DESIGN §4
 * (append-only, contributors never approve, nothing enters unapproved) are in drizzle/*_guards.sql.
 */

const json = <T>() => text({ mode: 'json' }).$type<T>();
const at = () => text();

/** What a list row shows of a document beside its name. */
export type Listing = { countries: string[]; languages: string[]; networks: string[]; address: string | null };

/** What of a standing is kept beside its columns. Facts are not: whoever wants them looks at the events. */
export type StoredStanding = Pick<EntryStanding, 'families' | 'channels'>;

/** The directory: approved documents only, whole, with the columns we filter on beside them. */
export const record = sqliteTable(
  'record',
  {
    // Explicit, since full-text rows are joined by it and an implicit rowid may be renumbered.
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    type: text().$type<RecordType>().notNull(),
    slug: text().notNull(),
    state: text().$type<RecordState>().notNull(),
    revision: integer().notNull(),
    contentHash: text().notNull(),
    kind: text().notNull(),
    name: text().notNull(),
    sortName: text().notNull(),
    organisationId: text(),
    createdAt: at().notNull(),
    updatedAt: at().notNull(),
    /** What a list shows of the document, so that lists need not read it. Before `doc`, which is long. */
    listing: json<Listing>().notNull(),
    doc: json<unknown>().notNull(),
  },
  (t) => [
    uniqueIndex('record_slug').on(t.type, t.slug),
    index('record_by_name').on(t.type, t.sortName, t.seq),
    index('record_by_update').on(t.type, t.updatedAt, t.seq),
    index('record_by_kind_name').on(t.type, t.kind, t.sortName, t.seq),
    index('record_by_kind_update').on(t.type, t.kind, t.updatedAt, t.seq),
    index('record_by_organisation').on(t.organisationId),
    // Sort keys by `seq`: hits of a search or a filter are put in order without reading their documents.
    index('record_sort_keys').on(t.seq, t.type, t.kind, t.sortName, t.updatedAt),
    check('record_type', sql`${t.type} in ('entry','organisation','country')`),
    check('record_state', sql`${t.state} in ('active','suspended','retired')`),
  ],
);

/** Values of a record one can filter by: country, language, network, kind, state. Rewritten with the record. */
export const recordFacet = sqliteTable(
  'record_facet',
  {
    facet: text().notNull(),
    value: text().notNull(),
    type: text().$type<RecordType>().notNull(),
    seq: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.type, t.facet, t.value, t.seq] }),
    index('record_facet_by_record').on(t.seq, t.facet, t.value),
  ],
);

/** Every slug a record ever had: slugs are never reused. */
export const slugHistory = sqliteTable(
  'slug_history',
  { type: text().$type<RecordType>().notNull(), slug: text().notNull(), recordId: text().notNull() },
  (t) => [primaryKey({ columns: [t.type, t.slug] })],
);

/** Every approved revision, whole. Append-only. No foreign key to record: the revision is written first. */
export const revision = sqliteTable(
  'revision',
  {
    recordId: text().notNull(),
    revision: integer().notNull(),
    type: text().$type<RecordType>().notNull(),
    state: text().$type<RecordState>().notNull(),
    contentHash: text().notNull(),
    doc: json<unknown>().notNull(),
    proposalId: text()
      .notNull()
      .references(() => proposal.id),
    at: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.recordId, t.revision] }), index('revision_by_proposal').on(t.proposalId)],
);

/** One person took a record out of sight at once; a second confirms, or it is lifted through review (DESIGN §4.6). */
export const suspension = sqliteTable(
  'suspension',
  {
    id: text().primaryKey(),
    recordId: text().notNull(),
    reason: text().notNull(),
    by: text().notNull(),
    at: at().notNull(),
    confirmBy: at().notNull(),
    confirmedBy: text(),
    confirmedAt: at(),
    liftedAt: at(),
  },
  (t) => [
    index('suspension_by_record').on(t.recordId),
    check('suspension_two_people', sql`${t.confirmedBy} is null or ${t.confirmedBy} <> ${t.by}`),
  ],
);

/** A change on its way: the whole proposed document and the revision it started from. Drafts live here too. */
export const proposal = sqliteTable(
  'proposal',
  {
    id: text().primaryKey(),
    kind: text().$type<ProposalKind>().notNull(),
    recordType: text().$type<RecordType>().notNull(),
    recordId: text().notNull(),
    recordName: text().notNull(),
    baseRevision: integer().notNull(),
    /** For merges: the record that goes, and the revision of it that was seen. */
    mergedId: text(),
    mergedRevision: integer(),
    state: text().$type<ProposalState>().notNull(),
    doc: json<unknown>().notNull(),
    contentHash: text().notNull(),
    risk: text().$type<Risk>().notNull(),
    requiredApprovals: integer().notNull(),
    policyVersion: integer().notNull(),
    summary: text().notNull().default(''),
    conflicts: json<Conflict[]>().notNull(),
    authorId: text().notNull(),
    /** Counts edits of this proposal: what `If-Match` compares. */
    version: integer().notNull(),
    createdAt: at().notNull(),
    updatedAt: at().notNull(),
    submittedAt: at(),
    closedAt: at(),
  },
  (t) => [
    index('proposal_by_state').on(t.state, t.updatedAt),
    index('proposal_by_submission').on(t.state, t.submittedAt, t.createdAt, t.id),
    index('proposal_by_record').on(t.recordId, t.state),
    index('proposal_by_merged')
      .on(t.mergedId)
      .where(sql`${t.mergedId} is not null`),
    index('proposal_by_author').on(t.authorId, t.state),
    check('proposal_required', sql`${t.requiredApprovals} >= 1`),
    check('proposal_kind', sql`${t.kind} in ('create','update','retire','restore','merge','lift')`),
    check(
      'proposal_state',
      sql`${t.state} in ('draft','in-review','changes-requested','applied','declined','withdrawn')`,
    ),
  ],
);

/** Who touched a proposal's content, in which part. Append-only. */
export const contributor = sqliteTable(
  'contributor',
  {
    proposalId: text()
      .notNull()
      .references(() => proposal.id),
    userId: text().notNull(),
    part: text().$type<ContributorPart>().notNull(),
    at: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.proposalId, t.userId, t.part] }), index('contributor_by_user').on(t.userId)],
);

/** Decisions, each bound to the content hash seen. Append-only but for `voidedAt`. */
export const review = sqliteTable(
  'review',
  {
    id: text().primaryKey(),
    proposalId: text()
      .notNull()
      .references(() => proposal.id),
    reviewerId: text().notNull(),
    decision: text().$type<Decision>().notNull(),
    contentHash: text().notNull(),
    comment: text(),
    at: at().notNull(),
    voidedAt: at(),
  },
  (t) => [
    index('review_by_proposal').on(t.proposalId, t.reviewerId),
    index('review_by_reviewer').on(t.reviewerId),
    check('review_decision', sql`${t.decision} in ('approve','request-changes','decline')`),
  ],
);

/** Remarks on a proposal or one of its fields. The text never changes; a remark is only resolved. */
export const comment = sqliteTable(
  'comment',
  {
    id: text().primaryKey(),
    proposalId: text()
      .notNull()
      .references(() => proposal.id),
    path: text(),
    text: text().notNull(),
    authorId: text().notNull(),
    at: at().notNull(),
    resolvedAt: at(),
    resolvedBy: text(),
  },
  (t) => [index('comment_by_proposal').on(t.proposalId)],
);

/** The log. No foreign keys: events outlive their subjects. Payload and salt may be erased; the leaf may not change. */
export const auditEvent = sqliteTable(
  'audit_event',
  {
    seq: integer().primaryKey(),
    id: text().notNull().unique(),
    at: at().notNull(),
    actor: text().notNull(),
    action: text().$type<AuditAction>().notNull(),
    subject: text().notNull(),
    commitment: text().notNull(),
    leafHash: text().notNull(),
    salt: text(),
    payload: text(),
  },
  (t) => [
    index('audit_by_subject').on(t.subject, t.seq),
    index('audit_by_actor').on(t.actor, t.seq),
    index('audit_by_action').on(t.action, t.seq),
  ],
);

/** Complete subtrees of the RFC 6962 tree over the leaves: append and proofs cost O(log n). */
export const auditNode = sqliteTable(
  'audit_node',
  { level: integer().notNull(), position: integer().notNull(), hash: blob({ mode: 'buffer' }).notNull() },
  (t) => [primaryKey({ columns: [t.level, t.position] })],
);

/** What a snapshot went through; its content is files, not rows. */
export const snapshot = sqliteTable(
  'snapshot',
  {
    sequence: integer().primaryKey(),
    kind: text().$type<'full' | 'patch'>().notNull(),
    state: text().$type<'prepared' | 'publishing' | 'published' | 'discarded'>().notNull(),
    auditSize: integer().notNull(),
    auditRoot: text().notNull(),
    contentDigest: text().notNull(),
    manifest: json<unknown>().notNull(),
    difference: json<unknown>().notNull(),
    gate: json<unknown>(),
    preparedBy: text().notNull(),
    preparedAt: at().notNull(),
    confirmedBy: text(),
    confirmedReason: text(),
    publishedBy: text(),
    publishedAt: at(),
    targetsVersion: integer(),
  },
  (t) => [check('snapshot_two_people', sql`${t.confirmedBy} is null or ${t.confirmedBy} <> ${t.preparedBy}`)],
);

/**
 * How far each copy of each snapshot is. A work list: what it led to for clients is in the audit log. One row per place and
 * snapshot; renewed signatures of the same snapshot go through the same row.
 */
export const delivery = sqliteTable(
  'delivery',
  {
    /** No table of destinations: they are in a file of the machine, and rows outlive them. */
    destination: text().notNull(),
    sequence: integer()
      .notNull()
      .references(() => snapshot.sequence),
    url: text().notNull(),
    /** Whether the snapshot counts as published only once it is seen there. */
    required: integer({ mode: 'boolean' }).notNull(),
    state: text().$type<'pending' | 'uploaded' | 'seen' | 'failed' | 'superseded'>().notNull(),
    /** Which timestamp the state speaks of. */
    timestampVersion: integer(),
    attempts: integer().notNull(),
    nextAt: at().notNull(),
    /** Why the last attempt failed: a code of `DestinationProblem`, and words for the person who has to mend it. */
    failure: text(),
    detail: text(),
    uploadedAt: at(),
    /** When clients saw the snapshot there first. Stays, whatever becomes of later attempts. */
    seenAt: at(),
  },
  (t) => [
    primaryKey({ columns: [t.destination, t.sequence] }),
    check('delivery_state', sql`${t.state} in ('pending','uploaded','seen','failed','superseded')`),
  ],
);

export const user = sqliteTable(
  'user',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    email: text().notNull(),
    status: text().$type<'invited' | 'active' | 'disabled'>().notNull(),
    createdAt: at().notNull(),
    /** When two admins erased who this was. Name and address are no longer a person's, and nobody comes back under this id. */
    erasedAt: at(),
  },
  (t) => [
    uniqueIndex('user_email').on(t.email),
    check('user_status', sql`${t.status} in ('invited','active','disabled')`),
  ],
);

export const userRole = sqliteTable(
  'user_role',
  {
    userId: text()
      .notNull()
      .references(() => user.id),
    role: text().$type<Role>().notNull(),
    grantedAt: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.role] })],
);

/** Kept apart from user so that no list query can join a secret by accident (SECURITY TH14). */
export const credential = sqliteTable('credential', {
  userId: text()
    .primaryKey()
    .references(() => user.id),
  passwordHash: text().notNull(),
  updatedAt: at().notNull(),
});

/** One-time links: only the hash of the token is kept. */
export const oneTimeLink = sqliteTable('one_time_link', {
  tokenHash: text().primaryKey(),
  purpose: text().$type<'setup' | 'invite' | 'reset'>().notNull(),
  userId: text(),
  expiresAt: at().notNull(),
  usedAt: at(),
});

/** `id` is the SHA-256 of the session id the browser holds: a stolen database holds no usable session. */
export const session = sqliteTable(
  'session',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => user.id),
    createdAt: at().notNull(),
    expiresAt: at().notNull(),
  },
  (t) => [index('session_by_user').on(t.userId)],
);

/** Failed sign-ins per key (account, network) in the current window. */
export const signInAttempt = sqliteTable('sign_in_attempt', {
  key: text().primaryKey(),
  failures: integer().notNull(),
  windowStart: at().notNull(),
});

/** What one admin asks and a second must confirm: people, roles, resets, policy (DESIGN §4.4, SECURITY A-07). */
export const adminRequest = sqliteTable(
  'admin_request',
  {
    id: text().primaryKey(),
    kind: text()
      .$type<'user.create' | 'user.roles' | 'user.reset' | 'user.enable' | 'user.erase' | 'policy.change'>()
      .notNull(),
    subject: text().notNull(),
    payload: json<unknown>().notNull(),
    requestedBy: text().notNull(),
    requestedAt: at().notNull(),
    state: text().$type<'open' | 'confirmed' | 'refused'>().notNull(),
    decidedBy: text(),
    decidedAt: at(),
  },
  (t) => [
    index('admin_request_by_state').on(t.state, t.requestedAt),
    check(
      'admin_request_two_people',
      sql`${t.state} <> 'confirmed' or (${t.decidedBy} is not null and ${t.decidedBy} <> ${t.requestedBy})`,
    ),
  ],
);

export const policy = sqliteTable('policy', {
  version: integer().primaryKey(),
  doc: json<Policy>().notNull(),
  since: at().notNull(),
  requestId: text(),
});

/** One effect per key and person: what the first call answered is answered again. */
export const idempotency = sqliteTable(
  'idempotency',
  {
    userId: text().notNull(),
    key: text().notNull(),
    requestHash: text().notNull(),
    result: json<unknown>(),
    at: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.key] })],
);

/** Leases let a second process run the same jobs harmlessly (DESIGN §8). */
export const lease = sqliteTable('lease', {
  name: text().primaryKey(),
  holder: text().notNull(),
  until: at().notNull(),
});

export const instance = sqliteTable('instance', {
  id: integer().primaryKey(),
  profile: text().$type<'demo' | 'production'>().notNull(),
  createdAt: at().notNull(),
});

/** Who looked at which facts of which revision, how and with what outcome (DOMAIN §3.6). Append-only. */
export const verification = sqliteTable(
  'verification',
  {
    id: text().primaryKey(),
    recordId: text().notNull(),
    revision: integer().notNull(),
    paths: json<string[]>().notNull(),
    method: text().$type<Method>().notNull(),
    outcome: text().$type<Outcome>().notNull(),
    observed: json<Record<string, unknown>>(),
    performedAt: at().notNull(),
    /** One of the two: a person of ours, or the organisation itself through its link. */
    userId: text(),
    organisationId: text(),
    attempt: integer().notNull(),
    evidence: json<Evidence[]>().notNull(),
    note: text(),
    supersedes: text(),
    proposalId: text(),
    /** Whether it was a country's sole option then: the shorter cadence stays with what was confirmed under it. */
    underSoleOption: integer({ mode: 'boolean' }).notNull(),
    recordedAt: at().notNull(),
  },
  (t) => [
    index('verification_by_record').on(t.recordId, t.performedAt),
    index('verification_by_user').on(t.userId, t.recordedAt),
    check('verification_witness', sql`(${t.userId} is null) <> (${t.organisationId} is null)`),
    check(
      'verification_outcome',
      sql`${t.outcome} in ('confirmed','confirmed-changed','not-reached','contradicted','gone')`,
    ),
  ],
);

/** What speaks against a fact and waits for a person. Closed, never deleted. */
export const alarm = sqliteTable(
  'alarm',
  {
    id: text().primaryKey(),
    recordId: text().notNull(),
    path: text().notNull(),
    kind: text().$type<AlarmKind>().notNull(),
    unsafe: integer({ mode: 'boolean' }).notNull(),
    /** Facts for a person: addresses, dates, codes. Never a body of a page or words of a reporter. */
    detail: json<Record<string, string | number | boolean>>().notNull(),
    raisedAt: at().notNull(),
    raisedBy: text().notNull(),
    closedAt: at(),
    closedBy: text(),
    closeNote: text(),
  },
  (t) => [
    index('alarm_by_record').on(t.recordId, t.closedAt),
    // The same alarm is raised once, however often its cause is seen.
    uniqueIndex('alarm_open_once')
      .on(t.recordId, t.path, t.kind)
      .where(sql`${t.closedAt} is null`),
    index('alarm_open').on(t.closedAt, t.unsafe, t.raisedAt),
  ],
);

/** Where the watcher stands with one address of one record: the last answer, not a history. */
export const watch = sqliteTable(
  'watch',
  {
    recordId: text().notNull(),
    path: text().notNull(),
    url: text().notNull(),
    host: text().notNull(),
    nextAt: at().notNull(),
    lastAt: at(),
    lastOutcome: text(),
    failingSince: at(),
    failures: integer().notNull().default(0),
    fingerprint: text(),
    finalUrl: text(),
  },
  (t) => [primaryKey({ columns: [t.recordId, t.path] }), index('watch_due').on(t.nextAt, t.host)],
);

/**
 * `dueRank` of the domain as SQL: the queue is walked by an index over it. Names of columns stand alone, since an index takes
 * no others.
 */
export const DUE_RANK = sql<number>`((case when unsafe then 0 when open_alarms > 0 then 10 else 20 end) + (case risk_class when 'G' then 0 when 'A' then 2 when 'B' then 4 when 'C' then 6 else 8 end) + (1 - is_sole_option))`;

/**
 * What follows from events, for lists to sort and filter by: rebuildable at any time, so it is no truth of its own. Nothing in
 * it depends on the clock: confidence only falls as time passes, so the moments when it falls say all.
 */
export const verificationState = sqliteTable(
  'verification_state',
  {
    recordId: text().primaryKey(),
    riskClass: text().$type<'G' | 'A' | 'B' | 'C' | 'D'>().notNull(),
    isSoleOption: integer({ mode: 'boolean' }).notNull(),
    contradicted: integer({ mode: 'boolean' }).notNull(),
    highUntil: at(),
    mediumUntil: at(),
    lowUntil: at(),
    lastConfirmedAt: at(),
    remindAt: at().notNull(),
    dueAt: at().notNull(),
    expiresAt: at(),
    openAlarms: integer().notNull(),
    unsafe: integer({ mode: 'boolean' }).notNull(),
    /** What snapshots say beside it: families of methods, and the same per channel (domain `Standing`). */
    standing: json<StoredStanding>().notNull(),
  },
  (t) => [
    index('verification_state_by_due').on(t.dueAt),
    index('verification_state_by_expiry').on(t.expiresAt),
    index('verification_state_by_rank').on(DUE_RANK, t.dueAt, t.recordId),
  ],
);

/** How many entries are an option for a need in an area: finds sole options without reading the directory. Rebuildable. */
export const optionCount = sqliteTable(
  'option_count',
  { area: text().notNull(), need: text().notNull(), entries: integer().notNull() },
  (t) => [primaryKey({ columns: [t.area, t.need] })],
);

/** Who does the next check of an entry, and when. */
export const work = sqliteTable(
  'work',
  {
    recordId: text().primaryKey(),
    assigneeId: text(),
    plannedFor: text(),
    claimedBy: text(),
    claimedUntil: at(),
    snoozedUntil: at(),
    snoozeReason: text(),
    /** The next try after somebody did not answer. */
    nextAttempt: integer().notNull().default(1),
    nextAttemptAt: at(),
  },
  (t) => [index('work_by_assignee').on(t.assigneeId, t.plannedFor)],
);

/** What was agreed with an organisation about being contacted (DOMAIN §5, courtesy). */
export const courtesy = sqliteTable('courtesy', {
  organisationId: text().primaryKey(),
  agreedWay: text(),
  agreedHours: text(),
  /** Test calls and messages were agreed with them. */
  testsArranged: integer({ mode: 'boolean' }).notNull(),
  minDaysBetween: integer().notNull(),
  version: integer().notNull(),
  updatedAt: at().notNull(),
});

/** Each time an organisation was contacted: mails of the ladder, calls, messages. */
export const outreach = sqliteTable(
  'outreach',
  {
    id: text().primaryKey(),
    organisationId: text().notNull(),
    way: text().$type<'mail' | 'call' | 'message'>().notNull(),
    template: text(),
    language: text(),
    /** The internal contact of the organisation that was addressed: its id, never its address. */
    contactId: text(),
    /** 1, 2, 3: day 0, 7, 21 of the ladder, then another contact. */
    attempt: integer().notNull(),
    by: text().notNull(),
    at: at().notNull(),
    nextAt: at(),
    /** Hash of the one-time link the mail carried. */
    linkHash: text(),
    outcome: text().$type<'open' | 'answered' | 'no-answer' | 'failed' | 'superseded'>().notNull(),
    answeredAt: at(),
  },
  (t) => [index('outreach_by_organisation').on(t.organisationId, t.at), index('outreach_due').on(t.outcome, t.nextAt)],
);

/** A link with which a listed organisation sees and confirms its own entries: only the hash of the token is kept. */
export const ownerLink = sqliteTable(
  'owner_link',
  {
    tokenHash: text().primaryKey(),
    organisationId: text().notNull(),
    createdBy: text().notNull(),
    createdAt: at().notNull(),
    expiresAt: at().notNull(),
    usedAt: at(),
  },
  (t) => [index('owner_link_by_organisation').on(t.organisationId)],
);

/** Mail to be sent after the commit that asked for it, so that a crash loses none (DESIGN §5). Text goes when it was sent. */
export const mail = sqliteTable(
  'mail',
  {
    id: text().primaryKey(),
    kind: text().$type<'outreach' | 'digest' | 'duty' | 'invite' | 'window'>().notNull(),
    subjectId: text().notNull(),
    recipient: text(),
    subject: text(),
    body: text(),
    state: text().$type<'waiting' | 'sent' | 'failed'>().notNull(),
    attempts: integer().notNull().default(0),
    nextAt: at().notNull(),
    createdAt: at().notNull(),
    doneAt: at(),
    failure: text(),
  },
  (t) => [index('mail_waiting').on(t.state, t.nextAt)],
);

/** A correction somebody outside sent: structured, short, guarded, and gone 30 days after it was decided. */
export const correction = sqliteTable(
  'correction',
  {
    id: text().primaryKey(),
    recordId: text().notNull(),
    path: text(),
    what: text().notNull(),
    value: json<unknown>(),
    note: text(),
    contact: text(),
    fingerprint: text().notNull(),
    times: integer().notNull().default(1),
    receivedAt: at().notNull(),
    state: text().$type<'open' | 'accepted' | 'dismissed'>().notNull(),
    decidedBy: text(),
    decidedAt: at(),
    proposalId: text(),
    purgeAt: at().notNull(),
  },
  (t) => [
    index('correction_by_state').on(t.state, t.receivedAt),
    uniqueIndex('correction_fingerprint').on(t.fingerprint),
    index('correction_purge').on(t.purgeAt),
  ],
);

/** Figures of each day for the trends of the dashboard; derived, kept because the past cannot be computed again cheaply. */
export const dayFigure = sqliteTable(
  'day_figure',
  { day: text().notNull(), name: text().notNull(), value: integer().notNull() },
  (t) => [primaryKey({ columns: [t.day, t.name] })],
);

/** What mail a person wants: nothing, or a weekly digest of some countries or kinds. */
export const noticeChoice = sqliteTable('notice_choice', {
  userId: text()
    .primaryKey()
    .references(() => user.id),
  weekly: integer({ mode: 'boolean' }).notNull(),
  countries: json<string[]>().notNull(),
  kinds: json<string[]>().notNull(),
  languages: json<string[]>().notNull(),
  lastSentAt: at(),
});

/** An app that uses the directory and said so. Its tokens are kept as hashes; the secret of its webhook signs, so it is kept whole. */
export const consumer = sqliteTable(
  'consumer',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    contact: text().notNull(),
    note: text(),
    webhookUrl: text(),
    webhookSecret: text().notNull(),
    tokenHash: text().notNull(),
    lastSequence: integer(),
    schemaVersion: text(),
    lastSeenAt: at(),
    createdAt: at().notNull(),
    createdBy: text().notNull(),
    removedAt: at(),
    /** ETag. */
    version: integer().notNull(),
  },
  (t) => [uniqueIndex('consumer_by_token').on(t.tokenHash), index('consumer_by_name').on(t.removedAt, t.name)],
);

/** The outbox of webhooks: what an app is to be told, until it was or was given up. */
export const webhookDelivery = sqliteTable(
  'webhook_delivery',
  {
    id: text().primaryKey(),
    consumerId: text()
      .notNull()
      .references(() => consumer.id),
    event: text().$type<WebhookEvent>().notNull(),
    /** The very text that is signed and sent, each time the same. */
    body: text().notNull(),
    state: text().$type<'waiting' | 'delivered' | 'dead'>().notNull(),
    attempts: integer().notNull().default(0),
    nextAt: at().notNull(),
    failure: text(),
    createdAt: at().notNull(),
    doneAt: at(),
  },
  (t) => [
    index('webhook_due').on(t.state, t.nextAt),
    index('webhook_by_consumer').on(t.consumerId, t.createdAt),
    check('webhook_state', sql`${t.state} in ('waiting','delivered','dead')`),
  ],
);
/** What people were asked to sign of a snapshot. It never changes; any change of the snapshot makes it void. */
export const signingRequest = sqliteTable('signing_request', {
  sequence: integer()
    .primaryKey()
    .references(() => snapshot.sequence),
  version: integer().notNull(),
  digest: text().notNull().unique(),
  request: json<SigningRequest>().notNull(),
  createdAt: at().notNull(),
  voidedAt: at(),
  voidedBecause: text(),
});

/** One signature per key and request, kept after it was verified. Who brought it need not be who made it: the key says that. */
export const snapshotSignature = sqliteTable(
  'snapshot_signature',
  {
    sequence: integer()
      .notNull()
      .references(() => signingRequest.sequence),
    keyid: text().notNull(),
    signature: json<SignatureFile>().notNull(),
    uploadedBy: text().notNull(),
    at: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.sequence, t.keyid] })],
);

/** Publication windows whose reminder was written, so that nobody gets two. */
export const windowReminder = sqliteTable('window_reminder', { opensAt: at().primaryKey(), sentAt: at().notNull() });

/** The list of withdrawals that the people on duty were asked to sign, whole each time. At most one is open; an ended one stays. */
export const urgentRequest = sqliteTable(
  'urgent_request',
  {
    sequence: integer().primaryKey(),
    version: integer().notNull(),
    digest: text().notNull().unique(),
    request: json<SigningRequest>().notNull(),
    withdrawals: json<UrgentWithdrawals>().notNull(),
    createdAt: at().notNull(),
    state: text().$type<'open' | 'published' | 'void'>().notNull(),
    endedAt: at(),
  },
  (t) => [
    uniqueIndex('urgent_request_open')
      .on(t.state)
      .where(sql`${t.state} = 'open'`),
    check('urgent_request_state', sql`${t.state} in ('open','published','void')`),
  ],
);

/** One signature per key and list, kept after it was verified. */
export const urgentSignature = sqliteTable(
  'urgent_signature',
  {
    sequence: integer()
      .notNull()
      .references(() => urgentRequest.sequence),
    keyid: text().notNull(),
    signature: json<SignatureFile>().notNull(),
    uploadedBy: text().notNull(),
    at: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.sequence, t.keyid] })],
);
