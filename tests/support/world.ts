// A small world for tests: a fresh database in a folder of its own, demo people who hold roles, and documents that
// default everything, so that a test states only what matters to it.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { CountryProfile, Entry, Organisation, RecordType, Role } from '@waymark/domain';
import { change, findRecord, insertUser, openStore, type Context, type Store } from '@waymark/store';
import { createInstance } from '../../packages/services/src/instance/create.ts';
import { createProposal, type NewProposal } from '../../packages/services/src/proposals/create.ts';
import { reviewProposal } from '../../packages/services/src/proposals/review.ts';
import type { ProposalView } from '../../packages/services/src/proposals/show.ts';
import { submitProposal } from '../../packages/services/src/proposals/submit.ts';

const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));

/** Demo people by their part. `visitor` is signed up but holds no role; `everything` holds all of them. */
const PEOPLE = {
  curator: ['curator'],
  secondCurator: ['curator'],
  reviewer: ['reviewer'],
  secondReviewer: ['reviewer'],
  thirdReviewer: ['reviewer'],
  publisher: ['publisher'],
  secondPublisher: ['publisher'],
  admin: ['admin'],
  secondAdmin: ['admin'],
  everything: ['curator', 'reviewer', 'publisher', 'admin'],
  visitor: [],
} as const satisfies Record<string, readonly Role[]>;
export type PersonName = keyof typeof PEOPLE;

export type World = {
  /** The world's own folder; `file` is its database. Both are gone after the test. */
  dir: string;
  file: string;
  store: Store;
  people: Record<PersonName, { id: string; name: string; email: string; roles: readonly Role[] }>;
  /** The context of one of the people; what a verb takes. */
  as(person: PersonName): Context;
  /** The context of a job. */
  asSystem(job: string): Context;
  now(): Date;
  /** Lets time pass. */
  wait(time: { seconds?: number; hours?: number; days?: number }): void;
  newId(): string;
  /** A moment of its own, a second after the one before. */
  newInstant(): string;
  /** Opens the database again, as a new process would after a crash. The old store is closed. */
  reopen(): void;
  close(): Promise<void>;
};

/** A world that lasts for one test. Call it inside a test. */
export async function newWorld(): Promise<World> {
  const world = await openWorld();
  onTestFinished(() => world.close());
  return world;
}

/** A world that lasts until `close()`. */
export async function openWorld(): Promise<World> {
  const dir = await mkdtemp(join(tmpdir(), 'waymark-world-'));
  const file = join(dir, 'waymark.sqlite');
  await writeFile(file, await (empty ??= migrateEmpty()));
  let store = openStore({ file, migrations: MIGRATIONS });
  // The true time, because the stock TUF client reads the true clock; to the second, as TUF writes it.
  let time = Math.floor(Date.now() / 1000) * 1000;
  let ids = 0;
  let instants = 0;
  const now = () => new Date(time);
  const newId = () => uuid((ids += 1));
  const as = (actorId: string): Context => ({ store, now, newId, actorId });
  await createInstance({ store, now, newId }, 'demo');
  const people = await insertPeople(as('system:test'));
  return {
    dir,
    file,
    get store() {
      return store;
    },
    people,
    as: (person) => as(people[person].id),
    asSystem: (job) => as(`system:${job}`),
    now,
    wait({ seconds = 0, hours = 0, days = 0 }) {
      time += ((days * 24 + hours) * 3600 + seconds) * 1000;
    },
    newId,
    newInstant: () => new Date((instants += 1000) + time).toISOString(),
    reopen() {
      store.close();
      store = openStore({ file, migrations: MIGRATIONS });
    },
    async close() {
      store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

let empty: Promise<Buffer> | undefined;

/** A database that was migrated and holds nothing yet. A copy of it is there in a tenth of the time that migrating takes. */
async function migrateEmpty(): Promise<Buffer> {
  const dir = await mkdtemp(join(tmpdir(), 'waymark-empty-'));
  const file = join(dir, 'waymark.sqlite');
  openStore({ file, migrations: MIGRATIONS }).close();
  const bytes = await readFile(file);
  await rm(dir, { recursive: true, force: true });
  return bytes;
}

/** Counted, so that a failing test names the same ids each time; shaped as UUIDv7. */
export function uuid(n: number): string {
  return `0190a000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

// Past the requests of two admins and the hashing of passwords, which have tests of their own: those take seconds.
async function insertPeople(ctx: Context): Promise<World['people']> {
  return change(ctx, 'system', async ({ tx, audit, now, newId }) => {
    const made: [string, World['people'][PersonName]][] = [];
    for (const [person, roles] of Object.entries(PEOPLE)) {
      const words = person.replace(/[A-Z]/g, (c) => ` ${c}`);
      const name = `Demo ${words.charAt(0).toUpperCase()}${words.slice(1)}`;
      const row = { id: newId(), name, email: `${person.toLowerCase()}@example.org`, roles };
      await insertUser(tx, { ...row, status: 'active', createdAt: now });
      await audit('user.setup', `user:${row.id}`, { name, roles });
      made.push([person, row]);
    }
    return Object.fromEntries(made) as World['people']; // One row per key of PEOPLE.
  });
}

let handles = 0;
const handle = (prefix: string) => `${prefix}-${(handles += 1)}`;

/** Supports every fact a test is likely to change. */
export const officialPage = {
  id: 'page',
  kind: 'official-page',
  title: 'Contact page',
  url: 'https://help.example.org/contact',
  sensitivity: 'public',
  supports: ['/channels', '/serves', '/accepts', '/anonymity', '/operational', '/ages', '/publishTo', '/coverage'],
} as const satisfies Entry['evidence'][number] | object;

/** An organisation that passes every check. `id` is minted by the proposal when absent. */
export function buildOrganisation(overrides: Partial<Organisation> = {}): Omit<Organisation, 'id'> & { id?: string } {
  const slug = overrides.slug ?? handle('organisation');
  return {
    slug,
    names: { en: { text: `Organisation ${slug}` } },
    type: 'ngo',
    website: 'https://help.example.org/',
    domains: [{ host: 'help.example.org', role: 'main' }],
    memberships: [],
    evidence: [{ ...officialPage, supports: ['/website', '/domains'] }],
    ...overrides,
  };
}

/** An entry of an organisation: a telephone helpline and a web form for Germany, evidenced. */
export function buildEntry(
  overrides: Partial<Entry> & Pick<Entry, 'organisation'>,
): Omit<Entry, 'id'> & { id?: string } {
  const slug = overrides.slug ?? handle('entry');
  return {
    slug,
    kind: 'child-helpline',
    names: { en: { text: `Helpline ${slug}` } },
    serves: [{ area: 'DE', basis: 'any', strength: 'primary' }],
    accepts: { 'child-help': { answer: 'yes' }, grooming: { answer: 'conditional' } },
    audience: ['child'],
    anonymity: { level: 'anonymous' },
    channels: [
      { id: 'tel', type: 'phone', value: { number: { kind: 'e164', digits: '4930123456' } } },
      { id: 'web', type: 'url', value: { href: 'https://help.example.org/form' } },
    ],
    memberships: [],
    operational: { status: 'operating' },
    evidence: [{ ...officialPage, supports: [...officialPage.supports] }],
    ...overrides,
  };
}

export function buildCountryProfile(
  overrides: Partial<CountryProfile> = {},
): Omit<CountryProfile, 'id'> & { id?: string } {
  const country = overrides.country ?? 'DE';
  return {
    slug: country.toLowerCase(),
    country,
    coverage: [],
    evidence: [{ ...officialPage, supports: ['/coverage'] }],
    ...overrides,
  };
}

/** The document with one more look at the official page: a new value needs evidence newer than the old value's. */
export function lookedAgain<Doc>(world: World, doc: Doc): Doc {
  if (doc === null || typeof doc !== 'object' || !('evidence' in doc) || !Array.isArray(doc.evidence)) return doc;
  const capturedAt = world.newInstant();
  return { ...doc, evidence: [...doc.evidence, { ...officialPage, id: `page-${Date.parse(capturedAt)}`, capturedAt }] };
}

/** Starts a proposal as the curator and sends it to review. */
export async function propose(world: World, proposal: NewProposal, by: PersonName = 'curator'): Promise<ProposalView> {
  const { id } = await createProposal(world.as(by), { ...proposal, doc: lookedAgain(world, proposal.doc) });
  return submitProposal(world.as(by), id);
}

/** Approves a proposal in review as different reviewers, as often as its risk asks for. */
export async function approve(world: World, proposal: ProposalView): Promise<ProposalView> {
  const reviewers: PersonName[] = ['reviewer', 'secondReviewer', 'thirdReviewer'];
  let view = proposal;
  for (const reviewer of reviewers.slice(0, proposal.requiredApprovals)) {
    view = await reviewProposal(world.as(reviewer), view.id, { decision: 'approve', contentHash: view.contentHash });
  }
  return view;
}

/** Takes a new document all the way into the directory. @returns the record's id */
export async function enter(world: World, recordType: RecordType, doc: object): Promise<string> {
  const applied = await approve(world, await propose(world, { kind: 'create', recordType, doc, summary: 'New' }));
  return applied.recordId;
}

/** An organisation and an entry of it, both approved. */
export async function enterEntry(
  world: World,
  overrides: Partial<Entry> = {},
): Promise<{ id: string; organisation: string }> {
  const organisation = overrides.organisation ?? (await enter(world, 'organisation', buildOrganisation()));
  return { id: await enter(world, 'entry', buildEntry({ ...overrides, organisation })), organisation };
}

/** Changes an approved document through a proposal and its approvals. */
export async function amend<Doc extends object>(
  world: World,
  recordId: string,
  edit: (doc: Doc) => object,
): Promise<void> {
  const record = await findRecord(world.store.read, recordId);
  if (!record) throw new Error(`There is no record ${recordId}`);
  const doc = edit(record.doc as unknown as Doc); // The test knows which type of document it changes.
  await approve(
    world,
    await propose(world, { kind: 'update', recordType: record.type, recordId, doc, summary: 'Changed' }),
  );
}

/** Retires an approved record through a proposal and its approvals. */
export async function retire(
  world: World,
  recordId: string,
  retirement: NewProposal['retirement'] = { reason: 'closed', successors: [], redirect: 'none' },
): Promise<void> {
  const record = await findRecord(world.store.read, recordId);
  if (!record) throw new Error(`There is no record ${recordId}`);
  const proposal: NewProposal = { kind: 'retire', recordType: record.type, recordId, retirement, summary: 'Retired' };
  await approve(world, await propose(world, proposal));
}
