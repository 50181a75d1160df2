import type {
  AlarmKind,
  Assurance,
  AuditAction,
  AuditEvent,
  AuditLeaf,
  BatchKind,
  Change,
  Comment,
  Confidence,
  Conflict,
  ContributorPart,
  Difference,
  DirectoryRecord,
  DueState,
  Effect,
  EntryStanding,
  Gate,
  Kind,
  OpenAlarm,
  Permission,
  Policy,
  ProposalKind,
  ProposalState,
  RecordRef,
  RecordState,
  RecordType,
  Refusal,
  Review,
  Risk,
  RiskClass,
  Role,
  RouteNeed,
  SigningRequest,
  SnapshotCounts,
  SnapshotState,
  Tier,
  UrgentWithdrawals,
  VerificationEvent,
} from '@waymark/domain';

/** What the API answers, as types. The server's OpenAPI document is the law; these are its words for the screens. */

export type Page<Row> = { data: Row[]; total: number; page: number; perPage: number };

export type Me = { id: string; name: string; email: string; roles: Role[]; permissions: Permission[] };

export type Instance = {
  profile: 'demo' | 'production';
  setUp: boolean;
  publishing: boolean;
  demoPeople?: { id: string; name: string; roles: Role[] }[];
  version: string;
};

export type Link = { purpose: 'invite' | 'reset'; name: string; email: string };

export type QueueKind =
  'review' | 'changes-requested' | 'draft' | 'suspension' | 'admin-request' | 'snapshot' | 'check' | 'alarm';

export type QueueItem = {
  id: string;
  kind: QueueKind;
  title: string;
  subtitle: string;
  href: string;
  risk?: Risk;
  /** A batch is one item: how many of its proposals wait. */
  proposals?: number;
  since: string;
  urgent: boolean;
};

/** Name of a list in an address; the domain's record type is the singular. */
export type RecordResource = 'entries' | 'organisations' | 'countries';

export type RecordRow = {
  id: string;
  type: RecordType;
  slug: string;
  name: string;
  kind: string;
  state: RecordState;
  revision: number;
  updatedAt: string;
  organisationId: string | null;
  organisationName: string | null;
  countries: string[];
  languages: string[];
  networks: string[];
  address: string | null;
  openProposals: number;
};

export type Reference = { name: string; slug: string; type: RecordType; state: RecordState };
export type References = Record<string, Reference>;

export type Suspension = {
  id: string;
  reason: string;
  by: string;
  byName: string;
  at: string;
  confirmBy: string;
  confirmedBy: string | null;
  confirmedByName: string | null;
};

export type RecordView<T extends RecordType = RecordType> = DirectoryRecord<T> & {
  name: string;
  organisationName: string | null;
  openProposals: ProposalRow[];
  suspension: Suspension | null;
  references: References;
};

export type Person = { id: string; name: string };

export type RevisionRow = {
  revision: number;
  state: RecordState;
  at: string;
  proposalId: string;
  summary: string;
  author: Person;
  approvers: Person[];
  contentHash: string;
};

export type Facets = Record<string, { value: string; count: number }[]>;

export type ProposalRow = {
  id: string;
  kind: ProposalKind;
  recordType: RecordType;
  recordId: string;
  recordName: string;
  state: ProposalState;
  risk: Risk;
  requiredApprovals: number;
  approvals: number;
  authorId: string;
  authorName: string;
  summary: string;
  version: number;
  contentHash: string;
  createdAt: string;
  updatedAt: string;
  submittedAt: string | null;
  conflictCount: number;
  openComments: number;
};

export type ProposalAction = 'edit' | 'submit' | 'withdraw' | 'approve' | 'requestChanges' | 'decline' | 'comment';

/** Records that name the one that goes in a merge, and will name the one that stays: the first of them. */
export type Links = {
  rows: { id: string; type: RecordType; name: string; slug: string; paths: string[] }[];
  total: number;
};

export type ProposalView = ProposalRow & {
  baseRevision: number;
  policyVersion: number;
  doc: unknown;
  base: unknown;
  current: unknown;
  currentRevision: number;
  changes: Change[];
  problems: { path: string; message: string }[];
  unsupportedPaths: string[];
  warnings: { path: string; code: string; message: string }[];
  conflicts: Conflict[];
  contributors: { userId: string; name: string; part: ContributorPart; at: string }[];
  reviews: Review[];
  comments: Comment[];
  effects: Effect[];
  firstSteps: Impact['firstSteps'];
  mergedId: string | null;
  merged: unknown;
  links: Links;
  references: References;
  can: Record<ProposalAction, Refusal | null>;
  neighbours: { previous: string | null; next: string | null };
  /** The batch it belongs to, and the row of the file it was made of. */
  batch: {
    id: string;
    kind: BatchKind;
    title: string;
    row: number | null;
    file: string | null;
    proposals: number;
  } | null;
};

export type BulkResult = { id: string; ok: boolean; state?: ProposalState; code?: string; title?: string };

export type UserStatus = 'invited' | 'active' | 'disabled';
export type UserRow = {
  id: string;
  name: string;
  email: string;
  status: UserStatus;
  roles: Role[];
  createdAt: string;
  erasedAt: string | null;
};

type AdminRequestOf<Kind extends string, Payload> = {
  id: string;
  kind: Kind;
  subject: string;
  subjectName: string | null;
  payload: Payload;
  requestedBy: string;
  requestedByName: string;
  requestedAt: string;
  state: 'open' | 'confirmed' | 'refused';
  decidedBy: string | null;
  decidedAt: string | null;
};
export type AdminRequest =
  | AdminRequestOf<'user.create', { name: string; email: string; roles: Role[] }>
  | AdminRequestOf<'user.roles', { roles: Role[] }>
  | AdminRequestOf<'user.reset', Record<string, never>>
  | AdminRequestOf<'user.enable', Record<string, never>>
  | AdminRequestOf<'user.erase', Record<string, never>>
  | AdminRequestOf<'policy.change', Policy>;
export type AdminRequestKind = AdminRequest['kind'];

export type PolicyView = {
  version: number;
  policy: Policy;
  since: string;
  history: { version: number; policy: Policy; since: string }[];
};

export type AuditRow = AuditEvent;
export type AuditProof = {
  leaf: AuditLeaf;
  leafHash: string;
  index: number;
  size: number;
  proof: string[];
  root: string;
};
export type AuditHead = { size: number; root: string; at: string | null };
/** The audit log as outsiders see it. */
export type PublicLog = {
  off: string | null;
  key: string | null;
  url: string;
  published: { size: number; root: string; checkpoint: string } | null;
  waiting: number;
  witnesses: { name: string; key: string; cosigned: { size: number; at: number } | null }[];
};
export type AuditVerification = { ok: boolean; checked: Record<string, number>; firstProblem?: string };
export type { AuditAction };

export type DifferenceRow = RecordRef;
export type { Difference, SnapshotState };

export type Delivery = {
  destination: string;
  url: string;
  required: boolean;
  state: 'pending' | 'uploaded' | 'seen' | 'failed' | 'superseded';
  attempts: number;
  failure: string | null;
  detail: string | null;
  uploadedAt: string | null;
  seenAt: string | null;
  nextAt: string;
};

export type SnapshotRow = {
  sequence: number;
  kind: 'full' | 'patch';
  state: SnapshotState;
  assurance: Assurance;
  contentDigest: string;
  auditSize: number;
  auditRoot: string;
  counts: SnapshotCounts;
  preparedBy: string;
  preparedByName: string;
  preparedAt: string;
  confirmedBy: string | null;
  confirmedByName: string | null;
  confirmedReason: string | null;
  publishedBy: string | null;
  publishedByName: string | null;
  publishedAt: string | null;
  targetsVersion: number | null;
  /** Its copies; none where clients get the tree of the server. */
  deliveries: Delivery[];
  /** Published, and seen by clients wherever it must be. */
  reached: boolean;
  difference: Difference;
  gate: Gate;
  /** The directory moved since it was prepared. */
  outdated: boolean;
  can: Record<'confirm' | 'publish' | 'discard', Refusal | null>;
};

export type RoleStatus = {
  role: 'root' | 'targets' | 'urgent' | 'snapshot' | 'timestamp';
  version: number;
  expires: string | null;
  daysLeft: number | null;
  state: 'ok' | 'alarm' | 'expired' | 'unpublished';
  keyIds: string[];
  owners: string[];
  threshold: number;
};
/** What of publishing needs a person, and what to type on the server. */
export type PublishingWarning = {
  code: 'versions-far-ahead' | 'root-not-taken' | 'no-urgent-lane';
  detail: string | null;
  commands: string[];
};
export type SnapshotStatus = {
  publishing: boolean;
  /** Why publishing is off. */
  off: string | null;
  assurance: Assurance;
  roles: RoleStatus[];
  current: {
    sequence: number;
    kind: 'full' | 'patch';
    contentDigest: string;
    createdAt: string;
    validUntil: string;
  } | null;
  repoUrl: string;
  warnings: PublishingWarning[];
};

/** The urgent list as it holds now, null where nothing ever was; and the request to sign it, null while clients have it already. */
export type UrgentView = {
  request: SigningRequest | null;
  withdrawals: UrgentWithdrawals | null;
  published: { sequence: number; version: number; expires: string } | null;
  holders: { keyid: string; owner: string | null }[];
};

/** One entry in the queue of checks. */
export type DueRow = {
  recordId: string;
  revision: number;
  slug: string;
  name: string;
  kind: Kind;
  countries: string[];
  languages: string[];
  riskClass: RiskClass;
  isSoleOption: boolean;
  confidence: Confidence;
  state: DueState;
  dueAt: string;
  expiresAt: string | null;
  openAlarms: number;
  unsafe: boolean;
  assignee: Person | null;
  plannedFor: string | null;
  claimedBy: Person | null;
  claimedUntil: string | null;
  snoozedUntil: string | null;
  nextAttemptAt: string | null;
  /** The clock there, `09:40`, and the zone it belongs to; null where nobody knows. */
  localTime: string | null;
  timeZone: string | null;
  officeOpen: boolean | null;
  lastConfirmedAt: string | null;
};

export type DueSummary = {
  mine: number;
  due: number;
  overdue: number;
  expired: number;
  soon: number;
  doneToday: number;
  doneTodayByMe: number;
  alarms: number;
  fairShare: { userId: string; name: string; open: number; done7: number }[];
};

export type PlanResult = {
  planned: number;
  left: number;
  perPerson: { userId: string; name: string; count: number }[];
  until: string;
};

/** How an entry stands at this moment, and what was planned about its next check. */
export type StandingView = EntryStanding & {
  recordId: string;
  revision: number;
  confidence: Confidence;
  state: DueState;
  /** By path of `facts`, and by id of `channels`. */
  factConfidence: Record<string, Confidence>;
  channelConfidence: Record<string, Confidence>;
  alarms: OpenAlarm[];
  work: Work | null;
  courtesy: Courtesy | null;
};

export type Work = {
  assigneeId: string | null;
  assigneeName: string | null;
  plannedFor: string | null;
  claimedBy: string | null;
  claimedByName: string | null;
  claimedUntil: string | null;
  snoozedUntil: string | null;
  snoozeReason: string | null;
  nextAttempt: number;
  nextAttemptAt: string | null;
};

/** What was agreed with an organisation about being contacted. */
export type Courtesy = {
  organisationId: string;
  agreedWay: string | null;
  agreedHours: string | null;
  testsArranged: boolean;
  minDaysBetween: number;
};

export type VerificationRow = VerificationEvent & { byName: string; recordedAt: string; mergedFrom: string | null };

export type Recorded = { event: VerificationEvent; standing: EntryStanding; proposal?: { id: string } };

export type BulkRecorded = { recordId: string; ok: boolean; eventId?: string; code?: string; title?: string };

export type AlarmRow = {
  id: string;
  recordId: string;
  recordName: string;
  path: string;
  kind: AlarmKind;
  unsafe: boolean;
  detail: Record<string, string | number | boolean>;
  raisedAt: string;
  raisedByName: string;
  closedAt: string | null;
  closedByName: string | null;
  closeNote: string | null;
};

export type CourtesyView = Courtesy & { version: number; lastContactAt: string | null; insideCap: boolean };

/** Where people would turn first; general words have neither name nor handle. */
export type FirstStep = { id: string; tier: Tier; name: string | null; slug: string | null };

/** What changes for people when an entry leaves: options by country and need, and where they would turn first. */
export type Impact = {
  effects: Effect[];
  firstSteps: {
    changes: { country: string; need: RouteNeed; before: FirstStep; after: FirstStep }[];
    total: number;
    assumedVerified: boolean;
  };
};
