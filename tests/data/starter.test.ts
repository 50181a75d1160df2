import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  contentHash,
  diffDocuments,
  hostOf,
  impactOf,
  isUnderDomain,
  KEYED_LISTS,
  looksLike,
  parseDocument,
  pathsWithoutPrimaryEvidence,
  riskOf,
  type Channel,
  type CountryProfile,
  type Document,
  type Entry,
  type Organisation,
  type RecordType,
} from '@waymark/domain';
import { describe, expect, it } from 'vitest';
import { applyPatch, type DemoProposal } from '../../packages/services/src/demo/proposal.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../data', name), 'utf8')) as unknown;

// The first test below proves that the file holds such documents.
const directory = read('starter-directory.json') as {
  organisations: Organisation[];
  entries: Entry[];
  countries: CountryProfile[];
};
const { proposals } = read('demo-proposals.json') as { proposals: DemoProposal[] };
const { organisations, entries, countries } = directory;

const lists: Record<RecordType, readonly Document[]> = {
  entry: entries,
  organisation: organisations,
  country: countries,
};
const documents = (Object.keys(lists) as RecordType[]).flatMap((type) => lists[type].map((doc) => ({ type, doc })));
const bySlug = (type: RecordType, slug: string | undefined) => lists[type].find((doc) => doc.slug === slug);

const numberOf = (channel: Channel) =>
  channel.type === 'phone' || channel.type === 'sms' ? channel.value.number : undefined;

/** Every phone of an entry as the source wrote it: with a plus for e164, otherwise the digits alone. */
function phonesOf(doc: Entry): string[] {
  const dialled = doc.channels.flatMap((channel) => {
    const number = numberOf(channel);
    if (number) return [number.kind === 'e164' ? `+${number.digits}` : number.digits];
    return channel.type === 'messaging' ? [channel.value.handle] : [];
  });
  const noted = [...(doc.notesInternal ?? '').matchAll(/^Phone in source has no country.*: (\d+)$/gm)].map((m) => m[1]);
  return [...dialled, ...noted].map((number) => `${doc.slug}:${number}`);
}

/** The fact a path names, walking lists by the ids of their items. */
function factAt(doc: unknown, path: string): unknown {
  let walked = '';
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((at, part) => {
      const key = KEYED_LISTS[walked];
      walked += `/${part}`;
      if (Array.isArray(at) && key) return (at as Record<string, unknown>[]).find((item) => item[key] === part);
      return (at as Record<string, unknown> | undefined)?.[part];
    }, doc);
}

describe('the starter directory', () => {
  it('holds 238 entries, and documents that are stored as they are written', () => {
    expect(entries).toHaveLength(238);
    const parsed = documents.map(({ type, doc }) => ({ doc, parsed: parseDocument(type, doc) }));
    expect(parsed.flatMap(({ doc, parsed }) => (parsed.ok ? [] : [[doc.slug, parsed.problems]]))).toEqual([]);
    const rewritten = parsed.filter(({ doc, parsed }) => parsed.ok && contentHash(parsed.doc) !== contentHash(doc));
    expect(rewritten.map(({ doc }) => doc.slug)).toEqual([]);
  });

  it('gives every record an id and a slug of its own', () => {
    expect(new Set(documents.map(({ doc }) => doc.id)).size).toBe(documents.length);
    for (const list of Object.values(lists)) expect(new Set(list.map((doc) => doc.slug)).size).toBe(list.length);
  });

  it('names only records that it holds', () => {
    const known = new Set(organisations.map((doc) => doc.id));
    const named = [
      ...entries.flatMap((doc) => [doc.organisation, doc.analystsBy, ...(doc.onBehalfOf ?? [])]),
      ...organisations.map((doc) => doc.parent),
    ].filter((id) => id !== undefined);
    expect(named.filter((id) => !known.has(id))).toEqual([]);
    const used = new Set(entries.flatMap((doc) => [doc.organisation, ...(doc.onBehalfOf ?? [])]));
    expect(organisations.filter((doc) => !used.has(doc.id)).map((doc) => doc.slug)).toEqual([]);
  });

  it('has a profile for each country that an entry serves', () => {
    const served = new Set(entries.flatMap((doc) => doc.serves.map((s) => s.area)).filter((area) => area !== '001'));
    const profiled = new Set(countries.map((doc) => doc.country));
    expect([...served].filter((area) => !profiled.has(area.slice(0, 2)))).toEqual([]);
  });

  it('keeps every digit of every phone of its source', () => {
    const phones = entries.flatMap(phonesOf).sort();
    expect(phones).toHaveLength(96);
    // Of the same list, read from the source file when the directory was made.
    expect(createHash('sha256').update(phones.join('\n')).digest('hex')).toBe(
      '07706c5e002fec0844d0965e5b11fc6d38b58b9969953fab8f9d7234d9a7b90e',
    );
  });

  it('writes no short code with a country code in front', () => {
    const numbers = entries.flatMap((doc) => doc.channels).flatMap((channel) => numberOf(channel) ?? []);
    const international = numbers.filter((number) => number.kind === 'e164').map((number) => number.digits);
    expect(international.filter((digits) => digits.length < 10 || /116\d{3}$/.test(digits))).toEqual([]);
    expect(numbers.filter((number) => number.digits.startsWith('116')).every((n) => n.kind === 'short')).toBe(true);
  });

  it('supports only facts that are there', () => {
    const dangling = documents.flatMap(({ doc }) =>
      doc.evidence
        .flatMap((evidence) => evidence.supports)
        .filter((path) => factAt(doc, path) === undefined)
        .map((path) => `${doc.slug} ${path}`),
    );
    expect(dangling).toEqual([]);
  });

  it('claims no coverage, and no status of a service', () => {
    expect(countries.filter((doc) => doc.coverage.length > 0)).toEqual([]);
    expect(new Set(entries.map((doc) => doc.operational.status))).toEqual(new Set(['unknown']));
  });

  it('accepts nothing for networks, and says for each of them that links are not taken', () => {
    const networks = entries.filter((doc) => doc.kind === 'network');
    expect(networks).toHaveLength(7);
    expect(networks.map((doc) => doc.accepts['csam-url']?.answer)).toEqual(networks.map(() => 'no'));
    expect(networks.flatMap((doc) => Object.values(doc.accepts).map((a) => a?.answer))).not.toContain('yes');
  });

  it('keeps web addresses under a known domain of the organisation, or of another one that it holds', () => {
    const all = organisations.flatMap((doc) => doc.domains.map((d) => d.host));
    const strange = entries.flatMap((doc) =>
      doc.channels
        .flatMap((channel) => (channel.type === 'url' ? [hostOf(channel.value.href) ?? ''] : []))
        .filter((host) => !isUnderDomain(host, all))
        .map((host) => `${doc.slug} ${host}`),
    );
    // The former operator's site; who runs it today is one of the things to find out.
    expect(strange).toEqual(['in-childline-1098 www.childlineindia.org']);
  });

  it('keeps what it could not convert in the internal notes', () => {
    const web = entries.filter((doc) => doc.channels.some((channel) => channel.id === 'web')).length;
    const http = entries.filter((doc) => doc.notesInternal?.includes('is http, so it is not a channel: http://')).length;
    expect(web + http).toBe(238);
    const rated = entries.filter((doc) => /^Confidence in source: \w+; source quality: /m.test(doc.notesInternal ?? ''));
    expect(rated).toHaveLength(238);
  });
});

describe('the demo proposals', () => {
  const outcomes = proposals.map((proposal) => {
    const base = bySlug(proposal.recordType, proposal.recordSlug);
    const proposed: unknown = proposal.doc
      ? { id: '01a2008d-7400-7000-8000-000000000000', ...proposal.doc }
      : applyPatch(base, proposal.patch ?? []);
    const parsed = parseDocument(proposal.recordType, proposed);
    if (!parsed.ok) throw new Error(`${proposal.summary}: ${JSON.stringify(parsed.problems)}`);
    const changes = diffDocuments(base, parsed.doc);
    return { proposal, base, doc: parsed.doc, changes, risk: riskOf(proposal.kind, changes, base, parsed.doc) };
  });

  it('start from records of the starter directory, one for each record', () => {
    const touched = proposals.map((p) => `${p.recordType} ${p.recordSlug ?? p.doc?.slug}`);
    expect(new Set(touched).size).toBe(proposals.length);
    expect(proposals.length).toBeGreaterThanOrEqual(14);
    const there = outcomes.map(({ proposal, base }) => base ?? bySlug(proposal.recordType, proposal.doc?.slug));
    expect(there.map((doc) => doc !== undefined)).toEqual(proposals.map((p) => p.kind !== 'create'));
    const merged = proposals.filter((p) => p.kind === 'merge');
    expect(merged.filter((p) => !bySlug(p.recordType, p.mergedSlug) || p.mergedSlug === p.recordSlug)).toEqual([]);
  });

  it('can be submitted: something changes, and each changed fact has primary evidence', () => {
    const updates = outcomes.filter(({ proposal }) => proposal.kind === 'update');
    expect(updates.filter(({ changes }) => changes.length === 0)).toEqual([]);
    const unsupported = outcomes.flatMap(({ proposal, base, doc, changes }) =>
      pathsWithoutPrimaryEvidence(proposal.kind, changes, doc.evidence, base?.evidence ?? []).map((path) => [proposal.recordSlug, path]),
    );
    expect(unsupported).toEqual([]);
  });

  it('show every risk, every kind and every state that a newcomer meets', () => {
    expect(new Set(outcomes.map((o) => o.risk))).toEqual(new Set(['R0', 'R1', 'R2', 'R3']));
    expect(new Set(proposals.map((p) => p.kind))).toEqual(new Set(['create', 'update', 'retire', 'merge']));
    expect(new Set(proposals.map((p) => p.recordType))).toEqual(new Set(['entry', 'organisation', 'country']));
    expect(new Set(proposals.map((p) => p.state))).toEqual(new Set(['draft', 'in-review', 'changes-requested']));
    const asked = proposals.filter((p) => p.review).map((p) => p.state);
    expect(asked).toEqual(proposals.filter((p) => p.state === 'changes-requested').map((p) => p.state));
  });

  it('say of unproven facts that they are a practice example', () => {
    const practised = outcomes.filter(({ doc }) => doc.evidence.some((e) => e.title.startsWith('Practice example: ')));
    expect(practised.map(({ proposal }) => proposal.summary)).toEqual(
      proposals.map((p) => p.summary).filter((summary) => summary.includes('Practice example: ')),
    );
    expect(practised.length).toBeGreaterThan(0);
  });

  it('bring in no phone number but one reserved for drama and one that shows the mistake', () => {
    const known = new Set(entries.flatMap((doc) => doc.channels).map((channel) => numberOf(channel)?.digits));
    const fresh = outcomes
      .flatMap(({ doc }) => ('channels' in doc ? doc.channels : []))
      .flatMap((channel) => numberOf(channel)?.digits ?? [])
      .filter((digits) => !known.has(digits));
    expect(fresh.sort()).toEqual(['448081570123', '47116111']);
    expect(fresh[0]).toMatch(/^448081570\d{3}$/);
  });

  it('send people on where an entry is replaced, and cost a country its last option once', () => {
    const retired = proposals.filter((p) => p.kind === 'retire');
    const ids = new Set(entries.map((doc) => doc.id));
    expect(retired.flatMap((p) => p.retirement?.successors ?? []).filter((id) => !ids.has(id))).toEqual([]);
    const shown = entries.map((doc) => ({ ...doc, state: 'active' as const }));
    const lost = retired.flatMap(({ recordSlug }) => {
      const leaving = shown.find((doc) => doc.slug === recordSlug);
      const others = shown.filter((doc) => doc !== leaving);
      return impactOf(leaving, undefined, others).filter((effect) => effect.lost);
    });
    expect(lost.map(({ area, need }) => `${area} ${need}`)).toEqual(['KZ csam-url']);
  });

  it('hold one address that looks like another one', () => {
    const alike = outcomes.flatMap(({ doc }) => {
      const hosts = organisations.find((o) => 'organisation' in doc && o.id === doc.organisation)?.domains ?? [];
      return ('channels' in doc ? doc.channels : [])
        .flatMap((channel) => (channel.type === 'url' ? [hostOf(channel.value.href) ?? ''] : []))
        .map((host) => looksLike(host, hosts.map((d) => d.host)));
    });
    expect(alike.filter((host) => host !== null)).toEqual(['childwebalert.gov.mt']);
  });
});
