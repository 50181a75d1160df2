import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openReader } from '@waymark/store';
import { verifyRepository } from '@waymark/tuf';
import { verifyAudit } from '../../packages/services/src/audit/verify.ts';
import { signIn, type Client } from '../support/client.ts';
import { startServer, type Server } from '../support/server.ts';
import { buildOrganisation } from '../support/world.ts';

const KILLS = 50;

/** What the server acknowledged, kept outside it: the most a proposal was said to be. */
type Acknowledged = { states: Map<string, string>; sequence: number; acknowledged: number };

/** Approvals wait while a snapshot is on its way: a directory that never stands still makes every prepared one outdated. */
type Turn = { isPublishing: boolean; isReviewing: boolean };

/** Seeded, so that a failing run can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

/** Of so many rounds one waits for a publication. */
const PUBLISHED_EVERY = 10;
const RANK = ['draft', 'in-review', 'applied'];

async function curate(client: Client, seen: Acknowledged, open: string[], tag: string): Promise<void> {
  for (let n = 0; ; n += 1) {
    const created = await client.post<{ id: string }>('/proposals', {
      kind: 'create',
      recordType: 'organisation',
      doc: buildOrganisation({ slug: `${tag}-${n}` }),
    });
    if (created.status !== 201) throw new Error(`create answered ${created.status}: ${JSON.stringify(created.body)}`);
    acknowledge(seen, created.body.id, 'draft');
    const submitted = await client.post<{ state: string }>(`/proposals/${created.body.id}/submit`);
    if (submitted.status !== 200)
      throw new Error(`submit answered ${submitted.status}: ${JSON.stringify(submitted.body)}`);
    acknowledge(seen, created.body.id, 'in-review');
    open.push(created.body.id);
  }
}

async function review(
  clients: readonly Client[],
  seen: Acknowledged,
  open: string[],
  turn: Turn,
  isAlive: () => boolean,
): Promise<void> {
  while (isAlive()) {
    const id = open.shift();
    if (id === undefined || turn.isPublishing) {
      if (id !== undefined) open.unshift(id);
      await new Promise((resolve) => setTimeout(resolve, 2));
      continue;
    }
    turn.isReviewing = true;
    try {
      for (const client of clients) {
        const proposal = await client.get<{ contentHash: string }>(`/proposals/${id}`);
        const reviewed = await client.post<{ state: string }>(`/proposals/${id}/review`, {
          decision: 'approve',
          contentHash: proposal.body.contentHash,
        });
        if (reviewed.status === 200) acknowledge(seen, id, reviewed.body.state);
      }
    } finally {
      turn.isReviewing = false;
    }
  }
}

async function publish(client: Client, seen: Acknowledged, turn: Turn): Promise<void> {
  for (;;) {
    turn.isPublishing = true;
    while (turn.isReviewing) await new Promise((resolve) => setTimeout(resolve, 5));
    const prepared = await client.post<{ sequence: number }>('/snapshots');
    if (prepared.status === 201) {
      const published = await client.post<{ state: string }>(`/snapshots/${prepared.body.sequence}/publish`);
      if (published.status === 200 && published.body.state === 'published')
        seen.sequence = Math.max(seen.sequence, prepared.body.sequence);
    }
    turn.isPublishing = false;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** Waits for something to be acknowledged; on a busy machine it takes seconds. */
async function until(isSo: () => boolean): Promise<void> {
  for (const patience = Date.now() + 60_000; !isSo() && Date.now() < patience;)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

function acknowledge(seen: Acknowledged, id: string, state: string): void {
  seen.acknowledged += 1;
  if (RANK.indexOf(state) >= RANK.indexOf(seen.states.get(id) ?? 'draft')) seen.states.set(id, state);
}

/** Whatever happened, a client that knows the first root gets one whole snapshot. @returns its sequence */
async function verifyAsApp(server: Server, rootBytes: Buffer): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'waymark-app-'));
  try {
    const { targets } = await verifyRepository({
      url: `${server.url}/repo`,
      rootBytes,
      dir,
      targets: 'all',
      fetchTimeout: 20_000,
    });
    const manifest = JSON.parse(targets.get('v1/manifest.json')?.toString() ?? '{}') as {
      sequence: number;
      contentDigest: string;
    };
    return manifest.sequence;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

it(`loses nothing acknowledged and tears no snapshot in ${KILLS} kill -9 during writes and publishing`, async () => {
  const data = mkdtempSync(join(tmpdir(), 'waymark-kill-'));
  const seen: Acknowledged = { states: new Map(), sequence: 1, acknowledged: 0 };
  const chance = random(20261122);
  let server = await startServer({ data });
  const rootBytes = readFileSync(join(data, 'repo', 'metadata', '1.root.json'));
  let lastSequence = 0;
  for (let round = 0; round < KILLS; round += 1) {
    const [curator, reviewer, secondReviewer, publisher] = await Promise.all(
      ['Demo Curator', 'Demo Reviewer', 'Demo Second Reviewer', 'Demo Publisher'].map((name) =>
        signIn(server.url, name),
      ),
    );
    if (!curator || !reviewer || !secondReviewer || !publisher) throw new Error('A demo person is missing');
    const open: string[] = [];
    let isAlive = true;
    const turn: Turn = { isPublishing: false, isReviewing: false };
    const work = [
      curate(curator, seen, open, `kill-${round}`),
      review([reviewer, secondReviewer], seen, open, turn, () => isAlive),
      publish(publisher, seen, turn),
    ];
    const refusals: string[] = [];
    const settled = Promise.allSettled(work.map((w) => w.catch((error: unknown) => refusals.push(String(error)))));
    // Most rounds end in the middle of things; a few last until clients got something new.
    const isLong = round % PUBLISHED_EVERY === 0;
    const { sequence: before, acknowledged } = seen;
    await until(() => (isLong ? seen.sequence > before : seen.acknowledged > acknowledged));
    await new Promise((resolve) => setTimeout(resolve, 100 + chance() * (isLong ? 200 : 700)));
    isAlive = false;
    await server.kill();
    await settled;
    expect(refusals.filter((r) => r.includes('answered'))).toEqual([]);
    server = await startServer({ data });
    const sequence = await verifyAsApp(server, rootBytes);
    expect(sequence).toBeGreaterThanOrEqual(seen.sequence);
    expect(sequence).toBeGreaterThanOrEqual(lastSequence);
    lastSequence = sequence;
  }
  const curator = await signIn(server.url, 'Demo Curator');
  for (const [id, state] of seen.states) {
    const now = await curator.get<{ state: string }>(`/proposals/${id}`);
    expect(now.status).toBe(200);
    expect(RANK.indexOf(now.body.state), `${id} was acknowledged as ${state}`).toBeGreaterThanOrEqual(
      RANK.indexOf(state),
    );
  }
  expect(await server.stop()).toBe(0);
  const reader = openReader(join(data, 'waymark.sqlite'));
  expect(await verifyAudit(reader.read)).toMatchObject({ ok: true });
  reader.close();
  expect(seen.states.size).toBeGreaterThan(KILLS);
  expect(lastSequence).toBeGreaterThan(1);
  console.log(`${KILLS} kills: ${seen.acknowledged} acknowledged writes and ${lastSequence} snapshots, 0 lost, 0 torn`);
  rmSync(data, { recursive: true, force: true });
}, 1_800_000);
