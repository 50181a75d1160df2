import {
  contentHash,
  coverageRefusals,
  coversPath,
  diffDocuments,
  evidenceFor,
  hostOf,
  isTree,
  isUnderDomain,
  looksLike,
  NAMES_WHAT_IS_GONE,
  parseDocument,
  pathsWithoutPrimaryEvidence,
  referencesOf,
  riskOf,
  toDialString,
  channelAddress,
  type Change,
  type Channel,
  type ContentHash,
  type CountryProfile,
  type DocumentProblem,
  type Entry,
  type Evidence,
  type Json,
  type Organisation,
  type PhoneNumber,
  type ProposalKind,
  type RecordType,
  type Risk,
} from '@waymark/domain';
import { isPremium, parsePhone } from '@waymark/domain/phone';
import { findRecord, openCreateOf, recordReferences, slugOwner, type Reader } from '@waymark/store';

/** What a proposal proposes, before anybody judged it. */
export type Content = {
  kind: ProposalKind;
  recordType: RecordType;
  recordId: string;
  baseRevision: number;
  mergedId: string | null;
  mergedRevision: number | null;
  doc: unknown;
};

export type Warning = {
  path: string;
  code: 'host-not-of-organisation' | 'look-alike-host' | 'premium-number' | 'undialable-number' | 'no-evidence';
  message: string;
};

export type Assessment = {
  /** The document with defaults filled in, or as it was given while it has problems. */
  doc: unknown;
  problems: DocumentProblem[];
  changes: Change[];
  risk: Risk;
  unsupportedPaths: string[];
  contentHash: ContentHash;
};

/**
 * Judges a proposal's content by the domain's rules: validity, differences, risk, evidence.
 * Pure but for looking up what the document refers to.
 */
export async function assess(read: Reader, content: Content, base: unknown): Promise<Assessment> {
  const parsed = parseDocument(content.recordType, content.doc);
  const doc = parsed.ok ? parsed.doc : content.doc;
  const changes = diffDocuments(base ?? undefined, doc);
  const evidence = parsed.ok ? parsed.doc.evidence : [];
  const baseEvidence = (base as { evidence?: Evidence[] } | null | undefined)?.evidence ?? [];
  return {
    doc,
    problems: parsed.ok ? await brokenReferences(read, content, doc) : parsed.problems,
    changes,
    risk: riskOf(content.kind, changes, base, doc),
    unsupportedPaths: [
      ...new Set([
        ...pathsWithoutPrimaryEvidence(content.kind, changes, evidence, baseEvidence),
        ...(parsed.ok ? unprovenAbsences(content, doc, base, changes) : []),
      ]),
    ],
    contentHash: proposalHash({ ...content, doc }),
  };
}

/**
 * What a country profile says there is none of, without the sources for that. What stood there already and is left alone does not
 * keep others from editing the profile; it counts for nothing meanwhile (`knownCoverage`).
 */
function unprovenAbsences(
  { kind, recordType }: Content,
  doc: unknown,
  base: unknown,
  changes: readonly Change[],
): string[] {
  if (recordType !== 'country' || kind === 'retire') return [];
  const refused = (profile: unknown) => coverageRefusals(profile as CountryProfile).map(({ path }) => path); // The type says which document it is.
  const before = isTree(base) ? refused(base) : [];
  return refused(doc).filter(
    (path) => !before.includes(path) || changes.some((change) => coversPath(change.path, path)),
  );
}

/** Hash of everything an approval binds: what is done, to which record, from which revision, and the whole document. */
export function proposalHash({
  kind,
  recordType,
  recordId,
  baseRevision,
  mergedId,
  mergedRevision,
  doc,
}: Content): ContentHash {
  return contentHash({ kind, recordType, recordId, baseRevision, mergedId, mergedRevision, doc: doc as Json });
}

async function brokenReferences(read: Reader, content: Content, doc: unknown): Promise<DocumentProblem[]> {
  const problems: DocumentProblem[] = [];
  const named = doc as { id: string; slug: string };
  if (named.id !== content.recordId) problems.push({ path: '/id', message: 'The id of a record never changes' });
  if (content.kind !== 'retire' && 'retirement' in named && named.retirement !== undefined) {
    problems.push({ path: '/retirement', message: 'Only a proposal to retire carries a retirement: remove it here' });
  }
  const owner = await slugOwner(read, content.recordType, named.slug);
  if (owner !== undefined && owner !== content.recordId) {
    problems.push({ path: '/slug', message: 'This handle was used before; handles are never reused' });
  }
  const wanted = referencesOf(content.recordType, doc);
  const known = await recordReferences(
    read,
    wanted.map((w) => w.id),
  );
  for (const { path, id, type } of wanted) {
    if (id === content.mergedId && path !== NAMES_WHAT_IS_GONE)
      problems.push({ path, message: 'This is the record that goes: take it out' });
    const found = known[id];
    if (found?.type === type || (!found && (await openCreateOf(read, id))?.recordType === type)) continue;
    problems.push({ path, message: `There is no ${type} with the id ${id}` });
  }
  return problems;
}

/** What a reviewer should look at twice, though nothing forbids it (issue "main job" §2 URLs and numbers). */
export async function warningsOf(
  read: Reader,
  type: RecordType,
  doc: unknown,
  changes: readonly Change[],
): Promise<Warning[]> {
  const parsed = parseDocument(type, doc);
  if (type !== 'entry' || !parsed.ok) return [];
  const entry = parsed.doc as Entry; // The type says which document it is.
  const organisation = await findRecord(read, entry.organisation);
  const domains =
    organisation?.type === 'organisation' ? (organisation.doc as Organisation).domains.map((d) => d.host) : [];
  const touched = (path: string) => changes.some((c) => c.path === path || c.path.startsWith(`${path}/`));
  return entry.channels.flatMap((channel) => {
    const path = `/channels/${channel.id}`;
    if (channel.retired || !touched(path)) return [];
    return [...valueWarnings(channel, path, domains), ...evidenceWarning(entry.evidence, path)];
  });
}

function valueWarnings(channel: Channel, path: string, domains: readonly string[]): Warning[] {
  if ('number' in channel.value) return numberWarnings(channel.value.number, path);
  const host = hostOfChannel(channel);
  if (!host) return [];
  const warnings: Warning[] = [];
  const twin = looksLike(host, domains);
  if (twin)
    warnings.push({
      path: `${path}/value`,
      code: 'look-alike-host',
      message: `${host} looks like ${twin} but is another host`,
    });
  if (!isUnderDomain(host, domains)) {
    warnings.push({
      path: `${path}/value`,
      code: 'host-not-of-organisation',
      message: `${host} is not among the known domains of the organisation`,
    });
  }
  return warnings;
}

function numberWarnings(number: PhoneNumber, path: string): Warning[] {
  const warnings: Warning[] = [];
  if (isPremium(number)) {
    warnings.push({
      path: `${path}/value`,
      code: 'premium-number',
      message: 'Calling this number may cost more than an ordinary call',
    });
  }
  const read = number.kind === 'e164' ? parsePhone(toDialString(number)) : undefined;
  if (read && !read.ok)
    warnings.push({
      path: `${path}/value`,
      code: 'undialable-number',
      message: `This may not be dialable: ${read.fix}`,
    });
  return warnings;
}

function hostOfChannel(channel: Channel): string | null | undefined {
  if (channel.type === 'email') return channel.value.address.split('@')[1];
  if (channel.type === 'url' || channel.type === 'chat' || channel.type === 'video-relay')
    return hostOf(channelAddress(channel));
  return undefined;
}

function evidenceWarning(evidence: readonly Evidence[], path: string): Warning[] {
  return evidenceFor(evidence, `${path}/value`).length > 0
    ? []
    : [{ path: `${path}/value`, code: 'no-evidence', message: 'No source is given for this contact' }];
}
