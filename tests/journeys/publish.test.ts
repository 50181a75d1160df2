import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '@waymark/domain';
import { disable, keptHeads, suspendRecord, verifyAudit, type Publishing, type Verification } from '@waymark/services';
import { openReader } from '@waymark/store';
import { sqlWithoutGuards } from '../support/rawDatabase.ts';
import { download, publishAs, publishingOf, recordsIn, serveTree, temporaryFolder } from '../support/tree.ts';
import { waymark } from '../support/waymark.ts';
import {
  amend,
  approve,
  buildEntry,
  enterEntry,
  newWorld,
  openWorld,
  propose,
  retire,
  type World,
} from '../support/world.ts';

const OLD = '4930123456';
const NEW = '4930999999';

async function changeNumber(world: World, id: string, digits: string): Promise<void> {
  await amend<Entry>(world, id, (doc) => ({
    ...doc,
    channels: doc.channels.map((c) => (c.id === 'tel' ? { ...c, value: { number: { kind: 'e164', digits } } } : c)),
  }));
}

/** A directory that was published, changed and published again. */
async function publishedTwice() {
  const world = await newWorld();
  const publishing = await publishingOf(world);
  const { id, organisation } = await enterEntry(world);
  await publishAs(world, publishing);
  const before = await readFile(join(publishing.repoDir, 'metadata/timestamp.json'));
  await changeNumber(world, id, NEW);
  await publishAs(world, publishing);
  return { world, publishing, id, organisation, before };
}

const rootOf = ({ repoDir }: Publishing) => join(repoDir, 'metadata/1.root.json');

describe('from a proposal to an app', () => {
  it('a changed number reaches a stock TUF client, and the old one is nowhere any more', async () => {
    const { publishing, id } = await publishedTwice();
    const snapshot = await download(publishing);
    const entry = recordsIn(snapshot).find((record) => record.id === id);
    expect(entry).toMatchObject({ channels: [{ id: 'tel', value: { number: { digits: NEW } } }, { id: 'web' }] });
    for (const path of ['v1/directory.json', 'v1/directory.ndjson', 'v1/directory.csv']) {
      expect(String(snapshot.targets.get(path)), path).not.toContain(OLD);
    }
  });

  it('nothing that was only proposed, or only approved, reaches anybody', async () => {
    const { world, publishing, organisation } = await publishedTwice();
    const doc = buildEntry({ organisation, names: { en: { text: 'Only proposed' } } });
    const proposal = await propose(world, { kind: 'create', recordType: 'entry', doc });
    expect([...(await download(publishing)).targets.values()].join('')).not.toContain('Only proposed');
    await approve(world, proposal);
    expect([...(await download(publishing)).targets.values()].join('')).not.toContain('Only proposed');
    await publishAs(world, publishing);
    expect([...(await download(publishing)).targets.values()].join('')).toContain('Only proposed');
  });
});

describe('waymark verify', () => {
  it('says what it verified', async () => {
    const { publishing } = await publishedTwice();
    const { code, out } = await waymark(['verify', await serveTree(publishing.repoDir), '--root', rootOf(publishing)]);
    expect(out).toContain('Snapshot 2 (full, assurance demo) is whole and signed');
    expect(code).toBe(0);
  });

  it.each<[string, string, (path: string, bytes: Buffer) => Buffer | undefined]>([
    [
      'a digit of a number was changed',
      'Expected',
      (path, bytes) => (path.endsWith('.directory.ndjson') ? Buffer.from(String(bytes).replace(NEW, OLD)) : bytes),
    ],
    [
      'a file was cut short',
      'Expected',
      (path, bytes) => (path.endsWith('.directory.csv') ? bytes.subarray(0, 10) : bytes),
    ],
    [
      'a file is missing',
      'Failed to download',
      (path, bytes) => (path.endsWith('.tombstones.ndjson') ? undefined : bytes),
    ],
    [
      'the signed list was edited',
      'cannot be verified',
      (path, bytes) => (path.endsWith('.targets.json') ? Buffer.from(String(bytes).replace('2027', '2028')) : bytes),
    ],
  ])('refuses a tree in which %s', async (_what, words, answer) => {
    const { publishing } = await publishedTwice();
    const { code, out, err } = await waymark([
      'verify',
      await serveTree(publishing.repoDir, answer),
      '--root',
      rootOf(publishing),
    ]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(words);
  });

  it('refuses an old timestamp to a client that saw the new one', async () => {
    const { publishing, before } = await publishedTwice();
    const memory = await temporaryFolder();
    const look = (url: string) => waymark(['verify', url, '--root', rootOf(publishing), '--dir', memory]);
    expect((await look(await serveTree(publishing.repoDir))).code).toBe(0);
    const old = await serveTree(publishing.repoDir, (path, bytes) =>
      path === '/metadata/timestamp.json' ? before : bytes,
    );
    const { code, err } = await look(old);
    expect(code).toBe(1);
    expect(err).toContain('cannot be verified');
  });

  it('refuses a tree of another root', async () => {
    const { publishing } = await publishedTwice();
    const other = await publishingOf(await newWorld());
    const { code, out, err } = await waymark(['verify', await serveTree(publishing.repoDir), '--root', rootOf(other)]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('signed by 0/1 keys');
  });
});

/** A history with everything in it that can be doctored. Made once: each case doctors a copy. */
let original: { dir: string; id: string; hidden: string; people: World['people'] };

beforeAll(async () => {
  const world = await openWorld();
  const publishing = await publishingOf(world);
  const { id, organisation } = await enterEntry(world);
  await publishAs(world, publishing);
  await changeNumber(world, id, NEW);
  const { id: retired } = await enterEntry(world, { organisation });
  await retire(world, retired);
  const { id: hidden } = await enterEntry(world, { organisation });
  await suspendRecord(world.as('curator'), hidden, { reason: 'unsafe', note: '' });
  await disable(world.as('admin'), world.people.thirdReviewer.id);
  await publishAs(world, publishing);
  world.store.close();
  original = { dir: world.dir, id, hidden, people: world.people };
});

afterAll(() => rm(original.dir, { recursive: true, force: true }));

type History = typeof original & { file: string };

async function history(): Promise<History> {
  const dir = await temporaryFolder();
  await cp(original.dir, dir, { recursive: true });
  return { ...original, dir, file: join(dir, 'waymark.sqlite') };
}

async function verified({ dir, file }: History): Promise<Verification> {
  const { read, close } = openReader(file);
  try {
    return await verifyAudit(read, await keptHeads(join(dir, 'repo')));
  } finally {
    close();
  }
}

describe('a database that somebody doctored', () => {
  it('agrees with itself before', async () => {
    const untouched = await history();
    expect(await verified(untouched)).toMatchObject({ ok: true });
    const { code, out } = await waymark(['audit', 'verify', '--data', untouched.dir]);
    expect(out).toContain('Everything agrees.');
    expect(code).toBe(0);
  });

  it.each<[string, RegExp, (h: History) => [string, unknown[]?]]>([
    [
      'a digit of a number in the directory',
      /^entry .*does not match its hash$/,
      (h) => [`update record set doc = replace(doc, '${NEW}', '${OLD}') where id = ?`, [h.id]],
    ],
    [
      'the same digit and the hash beside it',
      /^entry .*does not show its newest approved revision$/,
      (h) => [`update record set doc = replace(doc, '${NEW}', '${OLD}'), content_hash = 'f' where id = ?`, [h.id]],
    ],
    [
      'a digit in an approved revision',
      /^revision 2 of entry .*does not match its hash$/,
      (h) => [
        `update revision set doc = replace(doc, '${NEW}', '${OLD}') where record_id = ? and revision = 2`,
        [h.id],
      ],
    ],
    [
      'what an event says was done',
      /^audit event \d+ \(proposal\.apply .*\): the payload is not the one committed to$/,
      () => [
        `update audit_event set payload = replace(payload, '"revision":2', '"revision":3') where action = 'proposal.apply'`,
      ],
    ],
    [
      'who did it',
      /^audit event \d+ .*the leaf does not match its hash$/,
      (h) => [`update audit_event set actor = ? where action = 'proposal.approve'`, [h.people.visitor.id]],
    ],
    [
      'an event in the middle of the log',
      /^audit event 5 is missing$/,
      () => ['delete from audit_event where seq = 5'],
    ],
    [
      'the last event',
      /the end of the log was cut off$/,
      () => ['delete from audit_event where seq = (select max(seq) from audit_event)'],
    ],
    [
      'an approval nobody gave',
      /the approval by .* is not in the audit log$/,
      (h) => [
        `insert into review (id, proposal_id, reviewer_id, decision, content_hash, at) select 'forged', p.id, ?, 'approve', p.content_hash, p.updated_at from proposal p where p.record_id = ? and p.state = 'applied' limit 1`,
        [h.people.everything.id, h.id],
      ],
    ],
    [
      'an approval taken away',
      /1 approvals, 2 are needed$/,
      () => [
        `delete from review where rowid = (select r.rowid from review r join proposal p on p.id = r.proposal_id where p.required_approvals = 2 and p.state = 'applied' limit 1)`,
      ],
    ],
    [
      'a contributor turned into a reviewer',
      /who contributed to it$/,
      (h) => [`update review set reviewer_id = ?`, [h.people.curator.id]],
    ],
    ['a whole entry', /^record .* is gone from the directory$/, (h) => ['delete from record where id = ?', [h.id]]],
    [
      'an entry that entered by itself',
      /does not show its newest approved revision$/,
      () => [
        `insert into record (id, type, slug, state, revision, content_hash, kind, name, sort_name, organisation_id, created_at, updated_at, doc, listing) select '0190a000-0000-7000-8000-ffffffffffff', type, 'forged', state, revision, content_hash, kind, name, sort_name, organisation_id, created_at, updated_at, doc, listing from record limit 1`,
      ],
    ],
    [
      'a suspension that ended by itself',
      /^entry .*is active, which nobody decided$/,
      (h) => [`update record set state = 'active' where id = ?`, [h.hidden]],
    ],
    [
      'a retirement that ended by itself',
      /which nobody decided$/,
      () => [`update record set state = 'active' where state = 'retired'`],
    ],
    [
      'a role that nobody granted',
      /^person Demo Curator \(.*\) holds curator, reviewer, the audit log says curator$/,
      (h) => [`insert into user_role (user_id, role, granted_at) values (?, 'reviewer', '')`, [h.people.curator.id]],
    ],
    [
      'a role swapped for another',
      /^person Demo Curator \(.*\) holds publisher, the audit log says curator$/,
      (h) => [`update user_role set role = 'publisher' where user_id = ?`, [h.people.curator.id]],
    ],
    [
      'a role taken away',
      /^person Demo Admin \(.*\) holds no role, the audit log says admin$/,
      (h) => ['delete from user_role where user_id = ?', [h.people.admin.id]],
    ],
    [
      'a person let in again',
      /^person Demo Third Reviewer \(.*\) is active, the audit log says disabled$/,
      (h) => [`update user set status = 'active' where id = ?`, [h.people.thirdReviewer.id]],
    ],
    [
      'a person shut out',
      /^person Demo Admin \(.*\) is disabled, the audit log says active$/,
      (h) => [`update user set status = 'disabled' where id = ?`, [h.people.admin.id]],
    ],
    [
      'a person who came in by themselves',
      /^person Demo Stranger \(.*\): no audit event says that they were brought in$/,
      () => [
        `insert into user (id, name, email, status, created_at) values ('0190a000-0000-7000-8000-ffffffffffff', 'Demo Stranger', 'stranger@example.org', 'active', '')`,
      ],
    ],
    [
      'a person taken out',
      /^person .* was brought in but is gone$/,
      (h) => ['delete from user where id = ?', [h.people.visitor.id]],
    ],
  ])('is found out: %s', async (_what, words, statement) => {
    const doctored = await history();
    const [text, values] = statement(doctored);
    sqlWithoutGuards(doctored, text, values);
    const { ok, firstProblem } = await verified(doctored);
    expect(ok).toBe(false);
    expect(firstProblem).toMatch(words);
  });

  it('is found out by the published tree when the log was cut and its tree with it', async () => {
    const doctored = await history();
    const cut = 20;
    sqlWithoutGuards(doctored, 'delete from audit_event where seq >= ?', [cut]);
    sqlWithoutGuards(doctored, 'delete from audit_node where (position + 1) * (1 << level) > ?', [cut]);
    sqlWithoutGuards(doctored, 'delete from snapshot');
    const { ok, firstProblem } = await verified(doctored);
    expect(ok).toBe(false);
    expect(firstProblem).toMatch(/^the published manifest of snapshot 1 anchored \d+ audit events, only 20 are left$/);
  });

  it('ends the command with the name of somebody who gave themselves a role', async () => {
    const doctored = await history();
    const grant = `insert into user_role (user_id, role, granted_at) values (?, 'reviewer', '')`;
    sqlWithoutGuards(doctored, grant, [doctored.people.curator.id]);
    const { code, err } = await waymark(['audit', 'verify', '--data', doctored.dir]);
    expect(err).toMatch(/^WRONG: person Demo Curator \(.*\) holds curator, reviewer, the audit log says curator$/m);
    expect(code).toBe(1);
  });

  it('ends the command with the first wrong thing and exit code 1, also against a copy of the tree that others serve', async () => {
    const doctored = await history();
    sqlWithoutGuards(doctored, 'delete from audit_event where seq >= ?', [20]);
    sqlWithoutGuards(doctored, 'delete from audit_node where (position + 1) * (1 << level) > ?', [20]);
    sqlWithoutGuards(doctored, 'delete from snapshot');
    const repo = join(doctored.dir, 'repo');
    const root = join(repo, 'metadata/1.root.json');
    const { code, err } = await waymark([
      'audit',
      'verify',
      '--data',
      doctored.dir,
      '--repo',
      await serveTree(repo),
      '--root',
      root,
    ]);
    expect(err).toMatch(/^WRONG: the published manifest of snapshot \d anchored/);
    expect(code).toBe(1);
  });
});
