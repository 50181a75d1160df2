import type {
  Assurance,
  AuditAction,
  AuditEvent,
  AuditLeaf,
  Change,
  Comment,
  Conflict,
  ContributorPart,
  Difference,
  DirectoryRecord,
  Effect,
  Gate,
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
  Role,
  SnapshotCounts,
  SnapshotState,
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

export type QueueKind = 'review' | 'changes-requested' | 'draft' | 'suspension' | 'admin-request' | 'snapshot';

export type QueueItem = {
  id: string;
  kind: QueueKind;
  title: string;
  subtitle: string;
  href: string;
  risk?: Risk;
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
  mergedId: string | null;
  merged: unknown;
  references: References;
  can: Record<ProposalAction, Refusal | null>;
  neighbours: { previous: string | null; next: string | null };
};

export type BulkResult = { id: string; ok: boolean; state?: ProposalState; code?: string; title?: string };

export type UserStatus = 'invited' | 'active' | 'disabled';
export type UserRow = { id: string; name: string; email: string; status: UserStatus; roles: Role[]; createdAt: string };

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
export type AuditVerification = { ok: boolean; checked: Record<string, number>; firstProblem?: string };
export type { AuditAction };

export type DifferenceRow = RecordRef;
export type { Difference, SnapshotState };

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
  difference: Difference;
  gate: Gate;
  /** The directory moved since it was prepared. */
  outdated: boolean;
  can: Record<'confirm' | 'publish' | 'discard', Refusal | null>;
};

export type RoleStatus = {
  role: 'root' | 'targets' | 'snapshot' | 'timestamp';
  version: number;
  expires: string | null;
  daysLeft: number | null;
  state: 'ok' | 'alarm' | 'expired' | 'unpublished';
  keyIds: string[];
  owners: string[];
  threshold: number;
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
};
