import {
  coversPath,
  hostOf,
  liveChannels,
  methodRefusal,
  reliabilityOf,
  type Channel,
  type Entry,
  type Evidence,
  type EvidenceKind,
  type Method,
} from '@waymark/domain';
import { freeId, titleOf } from '../records/form/newEvidence.ts';

/** How one looked, when one looked at a source of this kind. Others' words (news, directories, an AI's answer) confirm nothing. */
const METHOD_OF: Partial<Record<EvidenceKind, Method>> = {
  'official-page': 'official-site-check',
  law: 'official-site-check',
  'government-publication': 'official-site-check',
  'un-publication': 'official-site-check',
  'official-register': 'official-register-check',
  'organisation-confirmation': 'organisation-confirmation',
  'partner-attestation': 'partner-attestation',
  'test-call-note': 'test-call',
  'test-message-note': 'test-message',
};

/** @returns the method that looking at this source is; undefined when it can confirm nothing */
export function methodOfSource({ kind }: Pick<Evidence, 'kind'>): Method | undefined {
  return METHOD_OF[kind];
}

const LIVE = ['test-call', 'test-message', 'form-reachability'] as const satisfies readonly Method[];

/**
 * How one finds out oneself whether a channel answers: calls it, writes to it, opens its form and sends nothing. Whether one may is
 * another question (`methodRefusal`).
 */
export function liveMethodOf(channel: Channel): Method | undefined {
  const paths = [`/channels/${channel.id}`];
  const entry = { kind: 'directory' as const, channels: [channel] };
  return LIVE.find((method) => methodRefusal({ entry, paths, method, testsArranged: true }) === undefined);
}

const RANK = { primary: 0, secondary: 1, tertiary: 2 } as const;

/**
 * Sources of an entry as a check offers them: those that can confirm something, and of these first what speaks for the unit, then
 * the more reliable, then what was seen last.
 */
export function sourcesFor(evidence: readonly Evidence[], paths: readonly string[]): Evidence[] {
  const speaks = (e: Evidence) => e.supports.some((s) => paths.some((path) => coversPath(s, path)));
  return evidence
    .filter((e) => e.supersededBy === undefined && e.url !== undefined)
    .sort(
      (a, b) =>
        Number(methodOfSource(b) !== undefined) - Number(methodOfSource(a) !== undefined) ||
        Number(speaks(b)) - Number(speaks(a)) ||
        RANK[reliabilityOf(a)] - RANK[reliabilityOf(b)] ||
        (b.capturedAt ?? '').localeCompare(a.capturedAt ?? ''),
    );
}

/** The source as evidence of this look: seen today, for these facts. What was said of its former content goes. */
export function asSeen(source: Evidence, paths: readonly string[], today: string): Evidence {
  const { excerpt: _excerpt, contentSha256: _hash, archiveUrl: _archive, ...rest } = source;
  return { ...rest, capturedAt: today, supports: [...paths] };
}

/**
 * The pages of the service itself: where its channels lead and its organisation's website. Somebody else's word about an entry confirms
 * nothing, but these are what a person opens to look.
 * @param website of the organisation
 */
export function ownPages(entry: Pick<Entry, 'channels' | 'evidence'>, website: string | undefined): Evidence[] {
  const pages = liveChannels(entry).flatMap((channel) => (channel.type === 'url' ? [channel.value.href] : []));
  const known = new Set(entry.evidence.filter((e) => methodOfSource(e) !== undefined).map(({ url }) => url));
  const made: Evidence[] = [];
  for (const url of new Set([...pages, ...(website === undefined ? [] : [website])])) {
    if (known.has(url)) continue;
    const id = freeId(hostOf(url)?.replace(/^www\./, '') ?? 'page', [...entry.evidence, ...made]);
    made.push({ id, kind: 'official-page', url, title: titleOf(url), sensitivity: 'public', supports: [] });
  }
  return made;
}

/** What an organisation or a partner told us, as evidence: the note says who and when. It stays inside. */
export function theirWord(method: Method, note: string, paths: readonly string[], today: string): Evidence {
  const kind = method === 'partner-attestation' ? 'partner-attestation' : 'organisation-confirmation';
  const title = note.slice(0, 300);
  return { id: 'word', kind, title, capturedAt: today, sensitivity: 'internal', supports: [...paths] };
}
