import Database from 'better-sqlite3';
import { fileURLToPath } from 'node:url';
import { contentHash, DEFAULT_POLICY, approvalsFor, type Role } from '@waymark/domain';
import {
  change,
  facetsOf,
  insertUser,
  listedColumns,
  openStore,
  searchTextOf,
  type Context,
  type Store,
} from '@waymark/store';
import { createInstance, newId, rebuildStanding } from '@waymark/services';
import { proposalHash } from '../../packages/services/src/proposals/assess.ts';
import { generateDirectory, type Generated } from './directory.ts';

const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));

/** Who acts in the bench; signed in by the demo's one click. */
export const PEOPLE = {
  curator: { id: '01900000-0000-7000-8000-000000000001', name: 'Demo Curator', roles: ['curator'] },
  reviewer: { id: '01900000-0000-7000-8000-000000000002', name: 'Demo Reviewer', roles: ['reviewer'] },
  secondReviewer: { id: '01900000-0000-7000-8000-000000000003', name: 'Demo Second Reviewer', roles: ['reviewer'] },
  publisher: { id: '01900000-0000-7000-8000-000000000004', name: 'Demo Publisher', roles: ['publisher'] },
} as const satisfies Record<string, { id: string; name: string; roles: readonly Role[] }>;
export type Person = keyof typeof PEOPLE;

export function openFilledStore(file: string): Store {
  return openStore({ file, migrations: MIGRATIONS });
}

/**
 * Fills a fresh database file with a directory of so many entries, past the verbs: guards down, rows written in bulk,
 * guards up again. Each record has what its own import would have left (proposal, contributors, approvals, revision,
 * facets, search text) except audit events. What the store derives from a document is derived by the store's functions.
 */
export async function fillDatabase(file: string, entries: number): Promise<void> {
  const store = openFilledStore(file);
  await insertPeople(store);
  store.close();
  const sqlite = new Database(file);
  const guards = sqlite.prepare(`select name, sql from sqlite_master where type = 'trigger'`).all() as {
    name: string;
    sql: string;
  }[];
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('foreign_keys = OFF');
  sqlite.pragma('cache_size = -200000');
  sqlite.transaction(() => {
    for (const { name } of guards) sqlite.exec(`drop trigger "${name}"`);
    const insert = inserter(sqlite);
    for (const generated of generateDirectory(entries)) insert(generated);
    for (const { sql } of guards) sqlite.exec(sql);
  })();
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
  const filled = openFilledStore(file);
  await rebuildStanding({ store: filled });
  filled.close();
}

async function insertPeople(store: Store): Promise<void> {
  const ctx: Context = { store, now: () => new Date(), newId, actorId: 'system:bench' };
  await createInstance(ctx, 'demo');
  await change(ctx, 'system', async ({ tx, now, audit }) => {
    for (const [person, { id, name, roles }] of Object.entries(PEOPLE)) {
      await insertUser(tx, {
        id,
        name,
        email: `${person.toLowerCase()}@demo.invalid`,
        status: 'active',
        roles,
        createdAt: now,
      });
      await audit('user.setup', `user:${id}`, { roles });
    }
  });
}

function inserter(sqlite: Database.Database): (generated: Generated) => void {
  const into = (table: string, columns: string) =>
    sqlite.prepare(`insert into ${table} (${columns}) values (${columns.replace(/\w+/g, '?')})`);
  const proposal = into(
    'proposal',
    'id, kind, record_type, record_id, record_name, base_revision, state, doc, content_hash, risk, required_approvals, policy_version, conflicts, author_id, version, created_at, updated_at, submitted_at, closed_at',
  );
  const contributor = into('contributor', 'proposal_id, user_id, part, at');
  const review = into('review', 'id, proposal_id, reviewer_id, decision, content_hash, at');
  const revision = into('revision', 'record_id, revision, type, state, content_hash, doc, proposal_id, at');
  const record = into(
    'record',
    'seq, id, type, slug, state, revision, content_hash, kind, name, sort_name, organisation_id, listing, created_at, updated_at, doc',
  );
  const slug = into('slug_history', 'type, slug, record_id');
  const facet = into('record_facet', 'type, facet, value, seq');
  const words = into('record_words', 'rowid, words');
  const addresses = into('record_addresses', 'rowid, addresses');
  const required = approvalsFor('R3', DEFAULT_POLICY);
  const organisationNames = new Map<string, string>();
  let seq = 0;

  return ({ id, type, doc, state, at }) => {
    seq += 1;
    const text = JSON.stringify(doc);
    const hash = contentHash(doc);
    const proposed = {
      kind: 'create',
      recordType: type,
      recordId: id,
      baseRevision: 0,
      mergedId: null,
      mergedRevision: null,
      doc,
    } as const;
    const proposedHash = proposalHash(proposed);
    const { name, sortName, kind, organisationId, listing } = listedColumns(type, doc);
    const proposalId = relatedId(id, 'a');
    proposal.run(
      proposalId,
      'create',
      type,
      id,
      name,
      0,
      'applied',
      text,
      proposedHash,
      'R3',
      required,
      1,
      '[]',
      PEOPLE.curator.id,
      2,
      at,
      at,
      at,
      at,
    );
    for (const part of ['author', 'importer', 'submitter']) contributor.run(proposalId, PEOPLE.curator.id, part, at);
    review.run(relatedId(id, 'b'), proposalId, PEOPLE.reviewer.id, 'approve', proposedHash, at);
    review.run(relatedId(id, 'c'), proposalId, PEOPLE.secondReviewer.id, 'approve', proposedHash, at);
    revision.run(id, 1, type, state, hash, text, proposalId, at);
    record.run(
      seq,
      id,
      type,
      doc.slug,
      state,
      1,
      hash,
      kind,
      name,
      sortName,
      organisationId,
      JSON.stringify(listing),
      at,
      at,
      text,
    );
    slug.run(type, doc.slug, id);
    for (const [name, value] of facetsOf({ type, kind, state, doc })) facet.run(type, name, value, seq);
    if (type === 'organisation') organisationNames.set(id, name);
    const search = searchTextOf(type, doc, organisationNames.get(organisationId ?? ''));
    words.run(seq, search.words);
    addresses.run(seq, search.addresses);
  };
}

/** Another id of the same moment: that of the record with its last letters replaced. */
function relatedId(id: string, letter: string): string {
  return `${id.slice(0, 15)}${letter.repeat(3)}${id.slice(18)}`;
}
