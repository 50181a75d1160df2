import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAuthority } from './testing/certificates.ts';
import type { Findings, Tried } from './testing/corpora.ts';
import { runIn, WAYS } from './testing/ways.ts';
import type { Way } from './testing/world.ts';

/*
 * SECURITY §2.H against a small internet on this machine. Where the kernel grants a network namespace, every address there is leads
 * to listeners of ours, and the kernel's own count of connections is compared with what they saw. Everywhere, and also where no
 * namespace is granted, every attempt of every socket of the process is written down. Which way ran is printed.
 */
let dir: string;
let findings: Map<Way, Findings>;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'waymark-watcher-'));
  const authority = await newAuthority();
  await writeFile(join(dir, 'ca.key'), authority.key, { mode: 0o600 });
  await writeFile(join(dir, 'ca.crt'), authority.cert);
  const found = WAYS.map(async (way): Promise<[Way, Findings]> => {
    // What the script prints is what it was written to print.
    return [way, JSON.parse(await runIn(way, 'corpora.ts', dir)) as Findings];
  });
  findings = new Map(await Promise.all(found));
  for (const { way, tried, allowed, opened } of findings.values()) {
    const looks = tried.reduce((sum, { times }) => sum + times, 0);
    const counted = opened === null ? 'no namespace: attempts recorded' : `${opened} connections counted by the kernel`;
    process.stdout.write(
      `watcher corpora, ${way}: ${tried.length} cases, ${looks} looks, ${allowed} visits, ${counted}\n`,
    );
  }
}, 500_000);

afterAll(() => rm(dir, { recursive: true, force: true }));

const found = (way: Way): Findings => {
  const one = findings.get(way);
  if (!one) throw new Error(`Nothing was found the ${way} way`);
  return one;
};

describe.each(WAYS)('in the %s way', (way) => {
  const corpus = (name: string): Tried[] => found(way).tried.filter((one) => one.corpus === name);
  /** Cases that got anything but what they may get. */
  const surprises = (name: string) =>
    corpus(name).filter(({ got, expect }) => !got.every((g) => expect.some((e) => g === e || g.startsWith(`${e}:`))));

  it('never connected, nor tried to, where it must not', () => {
    expect(found(way).forbidden).toEqual([]);
    expect(found(way).allowed).toBeGreaterThan(300);
  });

  it('would have noticed: inside addresses knocked at on purpose were all seen', () => {
    const { knocks } = found(way);
    expect(knocks.noticed).toBe(knocks.tried);
    expect(knocks.tried).toBeGreaterThanOrEqual(way === 'namespace' ? 10 : 2);
  });

  it('refuses every spelling of an inside address (N-01)', () => {
    expect(surprises('N-01')).toEqual([]);
    expect(corpus('N-01').length).toBeGreaterThanOrEqual(150);
  });

  it('is not fooled by name servers (N-02)', () => {
    expect(surprises('N-02')).toEqual([]);
    expect(corpus('N-02').length).toBeGreaterThanOrEqual(40);
    expect(corpus('N-02').reduce((sum, { times }) => sum + times, 0)).toBeGreaterThanOrEqual(900);
  });

  it('follows no redirect to where it would not go by itself (N-03)', () => {
    expect(surprises('N-03')).toEqual([]);
    expect(corpus('N-03').length).toBeGreaterThanOrEqual(60);
  });

  it('gets away from hostile servers, having read no more than it may (N-04)', () => {
    expect(surprises('N-04')).toEqual([]);
    expect(corpus('N-04').length).toBeGreaterThanOrEqual(60);
    const { most } = found(way);
    expect(most.bytes).toBeLessThanOrEqual(256 * 1024);
    // What the kernel buffers on the way counts here too; whoever read on would be far beyond.
    expect(most.written).toBeLessThan(16 * 1024 * 1024);
  });

  it('tells a takeover from a move, and another page from the same one with news (N-05)', () => {
    expect(surprises('N-05')).toEqual([]);
    expect(corpus('N-05').length).toBeGreaterThanOrEqual(30);
  });

  it('says who it is and nothing else: no cookie, no referrer, no credentials, nothing compressed', () => {
    const { headers, userAgents } = found(way);
    expect(headers).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'range', 'user-agent']);
    expect(userAgents).toEqual(['Waymark-Watcher/1 (+mailto:watcher@example.org)']);
  });

  it('visits four at a time, one of a host, and opens once what many entries name', () => {
    const { most } = found(way);
    expect(most.parallel).toBeLessThanOrEqual(4);
    expect(most.perHost).toBe(1);
    expect(most.sameHostOpened).toBe(1);
  });

  it('asks no name server about an address', () => {
    expect(found(way).asked.filter((name) => /^[\d.]*\d$|:/.test(name))).toEqual([]);
  });
});

it.runIf(WAYS.includes('namespace'))(
  'opened not one connection that the listeners did not see, says the kernel',
  () => {
    const { opened, accounted } = found('namespace');
    expect(opened).toBe(accounted);
  },
);
