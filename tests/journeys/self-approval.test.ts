// Four eyes over HTTP: somebody who holds every role and touched a proposal tries every operation of the OpenAPI document that
// could carry it forward. Rules and triggers one by one stand in four-eyes.test.ts.
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { ContributorPart, refuse, type Entry, type Permission, type Policy } from '@waymark/domain';
import { createProposal, DISMISSALS, newId } from '@waymark/services';
import {
  contributorsOf,
  findProposal,
  findRecord,
  insertCorrection,
  insertImport,
  listAuditEvents,
  reviewsOf,
} from '@waymark/store';
import { listen } from '../../apps/api/src/server.ts';
import { newSite, ORIGIN, type Site } from '../../apps/api/src/testing.ts';
import { openBatch } from '../support/batch.ts';
import { signIn, signInByPassword, type Address, type Answer, type Client } from '../support/client.ts';
import { agree, bringIn, PASSWORD, type Admins, type Newcomer } from '../support/newcomer.ts';
import { sql } from '../support/rawDatabase.ts';
import { filesIn } from '../support/tree.ts';
import {
  amend,
  buildCountryProfile,
  buildEntry,
  buildOrganisation,
  enter,
  enterEntry,
  lookedAgain,
} from '../support/world.ts';

type View = { id: string; recordId: string; state: string; version: number; contentHash: string };

/** Stands in what I propose and nowhere else, so it shows up wherever that got to. */
const MARK = 'Waits for somebody else';
const ALL_ROLES = ['curator', 'reviewer', 'publisher', 'admin'] as const;

/** A running installation, and I in it: brought in by two admins, holding every role. */
type Ground = {
  site: Site;
  at: Address;
  admins: Admins;
  me: Newcomer;
  curator: Client;
  secondCurator: Client;
  reviewer: Client;
  organisation: string;
  country: string;
};

async function newGround(): Promise<Ground> {
  const site = await newSite();
  const { world } = site;
  const { port, close } = await listen({ host: '127.0.0.1', port: 0 }, () => site.app);
  onTestFinished(close);
  const at = { url: `http://127.0.0.1:${port}`, origin: ORIGIN };
  const demo = (name: string) => signIn(at.url, name, ORIGIN);
  const admins = [await demo('Demo Admin'), await demo('Demo Second Admin')] as const;
  return {
    site,
    at,
    admins,
    me: await bringIn(at, admins, 'Demo Myself', ALL_ROLES),
    curator: await demo('Demo Curator'),
    secondCurator: await demo('Demo Second Curator'),
    reviewer: await demo('Demo Reviewer'),
    organisation: await enter(world, 'organisation', buildOrganisation()),
    country: await enter(world, 'country', buildCountryProfile()),
  };
}

function body<T>({ status, body }: Answer<T>): T {
  if (status >= 300) throw new Error(`Refused while preparing: ${JSON.stringify(body)}`);
  return body;
}

const named = (text: string) => ({ names: { en: { text } } });

/** A change of an approved entry's name and number: one approval would do. */
async function someChange({ site, organisation }: Ground) {
  const { world } = site;
  const { id } = await enterEntry(world, { organisation });
  const record = await findRecord(world.store.read, id);
  const doc = lookedAgain(world, { ...structuredClone(record?.doc as Entry), ...named(MARK) });
  const [channel] = doc.channels;
  if (channel?.type === 'phone') channel.value.number.digits = '4930999999';
  return { kind: 'update', recordType: 'entry', recordId: id, doc } as const;
}

const start = async (client: Client, proposal: object) => body(await client.post<View>('/proposals', proposal));
const submit = async (client: Client, { id }: View) => body(await client.post<View>(`/proposals/${id}/submit`));
const edit = async (client: Client, { id, version }: View, doc: object) =>
  body(await client.patch<View>(`/proposals/${id}`, { doc }, { 'if-match': `"${version}"` }));

/** Imports and accepted suggestions start with the verb that jobs and other verbs call. */
async function startAs(ground: Ground, part: ContributorPart): Promise<View> {
  const ctx = { ...ground.site.world.as('curator'), actorId: ground.me.id };
  return createProposal(ctx, { ...(await someChange(ground)), part });
}

/** One proposal in review for each way I can have touched it. Where I do not submit, somebody else does. */
const PARTS: Record<ContributorPart | 'lifter', (ground: Ground) => Promise<View>> = {
  author: async (ground) => submit(ground.secondCurator, await start(ground.me.client, await someChange(ground))),
  'co-editor': async (ground) => {
    const change = await someChange(ground);
    const others = await start(ground.curator, { ...change, doc: { ...change.doc, ...named('Not mine yet') } });
    return submit(ground.secondCurator, await edit(ground.me.client, others, change.doc));
  },
  importer: async (ground) => submit(ground.secondCurator, await startAs(ground, 'importer')),
  acceptor: async (ground) => submit(ground.secondCurator, await startAs(ground, 'acceptor')),
  submitter: async (ground) => submit(ground.me.client, await start(ground.curator, await someChange(ground))),
  reverter: async (ground) => {
    const { world } = ground.site;
    const { id } = await enterEntry(world, { organisation: ground.organisation, ...named(MARK) });
    await amend<Entry>(world, id, (doc) => ({ ...doc, ...named('As it is now') }));
    const draft = body(await ground.me.client.post<View>(`/entries/${id}/revert`, { revision: 1 }));
    return submit(ground.secondCurator, draft);
  },
  // I took an entry out of sight, and ask for it back.
  lifter: async (ground) => {
    const { id } = await enterEntry(ground.site.world, { organisation: ground.organisation, ...named(MARK) });
    body(await ground.me.client.post(`/entries/${id}/suspend`, { reason: 'unsafe' }));
    const lift = { kind: 'lift', recordType: 'entry', recordId: id };
    return submit(ground.secondCurator, await start(ground.me.client, lift));
  },
};
const EVERY_PART = Object.keys(PARTS) as (keyof typeof PARTS)[];

type Attempt = { ground: Ground; me: Client; proposal: View; path: string };
/** How I try, and every answer that is right: `done` means that the operation is mine to call and moves nothing forward. */
type Try = { how: string; send: (attempt: Attempt) => Promise<string>; answers: string[] };

const codeOf = ({ status, body }: Answer): string => (status < 300 ? 'done' : (body as { code: string }).code);
const by = (how: string, send: (attempt: Attempt) => Promise<Answer>, ...answers: string[]): Try => ({
  how,
  send: async (attempt) => codeOf(await send(attempt)),
  answers,
});

const judge = (decision: string, more: object = {}): Try =>
  by(
    `decision ${decision}`,
    ({ me, path, proposal }) =>
      me.post(`${path}/review`, { decision, contentHash: proposal.contentHash, comment: 'Fine', ...more }),
    'own-contribution',
  );

const decideManyAtOnce = (action: string, code: string): Try => ({
  how: `action ${action}`,
  send: async ({ me, proposal: { id, contentHash } }) => {
    const rows = await me.post<{ results: { code?: string }[] }>('/proposals/bulk', {
      action,
      items: [{ id, contentHash }],
      comment: 'Fine',
    });
    return body(rows).results[0]?.code ?? 'done';
  },
  answers: [code],
});

const askAdmins = (me: Client, tag: string) =>
  me.post<{ id: string }>('/admin-requests', {
    kind: 'user.create',
    payload: { name: 'Demo Twin', email: `twin-${tag}@example.org`, roles: ['reviewer'] },
  });

async function askFewerApprovals(me: Client, n: number): Promise<Answer> {
  const { policy } = body(await me.get<{ policy: Policy }>('/policy'));
  const approvals = { R0: n, R1: n, R2: n, R3: n };
  return me.post('/admin-requests', { kind: 'policy.change', payload: { ...policy, approvals } });
}

/** I look at the record as it stands. */
async function look(me: Client, { recordId }: View, seen: object): Promise<Answer> {
  const { revision } = (await me.get<{ revision?: number }>(`/entries/${recordId}`)).body;
  const paths = ['/channels/tel/value'];
  return me.post(`/entries/${recordId}/verifications`, {
    revision: revision ?? 1,
    paths,
    method: 'official-site-check',
    evidence: [{ id: 'seen', kind: 'official-page', url: 'https://example.org/', title: 'Own page', supports: paths }],
    ...seen,
  });
}

/** Somebody outside sent a correction of the record. @returns its address */
async function corrected({ ground, proposal }: Pick<Attempt, 'ground' | 'proposal'>): Promise<string> {
  const id = newId();
  await ground.site.world.store.transaction((tx) =>
    insertCorrection(tx, {
      id,
      recordId: proposal.recordId,
      what: 'closed',
      fingerprint: id,
      receivedAt: '2026-01-01T00:00:00.000Z',
      state: 'open',
      purgeAt: '2026-03-01T00:00:00.000Z',
    }),
  );
  return `/corrections/${id}`;
}

/** A batch of mine that proposes the same once more. @returns its address */
async function ownBatch({ ground, proposal: { id, recordId } }: Pick<Attempt, 'ground' | 'proposal'>): Promise<string> {
  const { world } = ground.site;
  const doc = (await findProposal(world.store.read, id))?.doc;
  const row = { kind: 'update', recordType: 'entry', recordId, doc, part: 'importer' } as const;
  const batch = await openBatch({ ...world.as('curator'), actorId: ground.me.id }, { rows: [{ proposal: row }] });
  return `/batches/${batch.id}`;
}

/** A list that ended without becoming anything. That a committed one makes its people contributors stands in imports.test.ts. @returns its address */
async function ended({ ground }: Pick<Attempt, 'ground'>): Promise<string> {
  const id = newId();
  const at = '2026-01-01T00:00:00.000Z';
  const file = { id, name: 'list.csv', size: 1, sha256: '0'.repeat(64), reading: {}, mapping: {}, version: 1 };
  const authorId = ground.site.world.people.curator.id;
  await ground.site.world.store.transaction((tx) =>
    insertImport(tx, { ...file, authorId, state: 'discarded', createdAt: at, updatedAt: at, closedAt: at }),
  );
  return `/imports/${id}`;
}

const onEnded = (
  how: string,
  send: (me: Client, path: string, attempt: Attempt) => Promise<Answer>,
  ...answers: string[]
) => [by(how, async (attempt) => send(attempt.me, await ended(attempt), attempt), ...answers)];

const setPriority = { action: 'set', field: 'priority', value: 9 };
const onlyThis = ({ recordId }: View, action: object) => ({ selection: { ids: [recordId] }, action });
async function doInBulk(me: Client, request: object): Promise<Answer> {
  const { digest } = body(await me.post<{ digest: string }>('/bulk/preview', request));
  return me.post('/bulk', { ...request, digest, title: 'Many at once' });
}

const SIGNATURE = {
  kind: 'waymark-signature',
  format: 1,
  role: 'targets',
  version: 1,
  digest: '0'.repeat(64),
  keyid: '0'.repeat(64),
  signature: '0'.repeat(128),
};
const prepared = async (me: Client) => `/snapshots/${body(await me.post<{ sequence: number }>('/snapshots')).sequence}`;

/**
 * Every operation that takes a proposal, a record, a snapshot or a request of admins, and how it is tried. Closed: an
 * operation that is missing here fails the first test below, and is to be tried before it is served.
 */
const TRIED: Record<string, Try[]> = {
  'GET /queue': [by('look', ({ me }) => me.get('/queue'), 'done')],
  'GET /proposals': [by('look', ({ me }) => me.get('/proposals'), 'done')],
  'POST /bulk/preview': [
    by('look', ({ me, proposal }) => me.post('/bulk/preview', onlyThis(proposal, setPriority)), 'done'),
  ],
  'POST /bulk': [
    by('another change, as a batch', ({ me, proposal }) => doInBulk(me, onlyThis(proposal, setPriority)), 'done'),
    by(
      'submit what is submitted already',
      ({ me, proposal }) => doInBulk(me, onlyThis(proposal, { action: 'submit' })),
      'done',
      'nothing-changed',
    ),
    by(
      'what nobody looked at',
      ({ me, proposal }) =>
        me.post('/bulk', { ...onlyThis(proposal, setPriority), digest: 'f'.repeat(64), title: 'Unseen' }),
      'stale-content',
    ),
    by(
      'approve by it',
      ({ me, proposal }) => me.post('/bulk/preview', onlyThis(proposal, { action: 'approve' })),
      'input-invalid',
    ),
  ],
  'GET /proposals/{id}': [by('look', ({ me, path }) => me.get(path), 'done')],
  'POST /proposals': [
    by(
      'the same once more',
      async ({ me, ground, proposal: { id, recordId } }) => {
        const doc = (await findProposal(ground.site.world.store.read, id))?.doc;
        return me.post('/proposals', { kind: 'update', recordType: 'entry', recordId, doc });
      },
      'done',
    ),
    by(
      'in the name of somebody else',
      ({ me, ground, proposal: { recordId } }) =>
        me.post('/proposals', {
          kind: 'update',
          recordType: 'entry',
          recordId,
          authorId: ground.site.world.people.curator.id,
        }),
      'input-invalid',
    ),
    by(
      'as applied already',
      ({ me, proposal: { recordId } }) =>
        me.post('/proposals', { kind: 'update', recordType: 'entry', recordId, state: 'applied' }),
      'input-invalid',
    ),
  ],
  'POST /proposals/bulk': [
    decideManyAtOnce('approve', 'own-contribution'),
    decideManyAtOnce('request-changes', 'own-contribution'),
    decideManyAtOnce('decline', 'own-contribution'),
    decideManyAtOnce('submit', 'not-a-draft'),
  ],
  'PATCH /proposals/{id}': [
    by(
      'other content',
      async ({ me, path, proposal: { id, version }, ground }) => {
        const doc = (await findProposal(ground.site.world.store.read, id))?.doc as Entry;
        return me.patch(path, { doc: { ...doc, priority: 9 } }, { 'if-match': `"${version}"` });
      },
      'done',
    ),
    by(
      'another summary alone',
      ({ me, path, proposal: { version } }) => me.patch(path, { summary: 'x' }, { 'if-match': `"${version}"` }),
      'done',
    ),
    by(
      'its state',
      ({ me, path, proposal: { version } }) => me.patch(path, { state: 'applied' }, { 'if-match': `"${version}"` }),
      'input-invalid',
    ),
    by(
      'how many must approve',
      ({ me, path, proposal: { version } }) => me.patch(path, { requiredApprovals: 0 }, { 'if-match': `"${version}"` }),
      'input-invalid',
    ),
  ],
  'POST /proposals/{id}/submit': [by('again', ({ me, path }) => me.post(`${path}/submit`), 'not-a-draft')],
  'POST /proposals/{id}/withdraw': [by('take back', ({ me, path }) => me.post(`${path}/withdraw`), 'done')],
  'POST /proposals/{id}/review': [
    judge('approve'),
    judge('request-changes'),
    judge('decline'),
    judge('approve', { contentHash: 'f'.repeat(64) }),
  ],
  'POST /proposals/{id}/comments': [
    by('approve in words', ({ me, path }) => me.post(`${path}/comments`, { text: 'Approved' }), 'done'),
  ],
  'POST /proposals/{id}/comments/{commentId}/resolve': [
    by(
      'settle what somebody asked',
      async ({ me, path, ground }) => {
        const { id } = body(await ground.reviewer.post<{ id: string }>(`${path}/comments`, { text: 'Source?' }));
        return me.post(`${path}/comments/${id}/resolve`);
      },
      'done',
    ),
  ],
  'GET /batches': [by('look', ({ me }) => me.get('/batches'), 'done')],
  'GET /batches/{id}': [by('look', async (attempt) => attempt.me.get(await ownBatch(attempt)), 'done')],
  'GET /batches/{id}/rows': [by('look', async (attempt) => attempt.me.get(`${await ownBatch(attempt)}/rows`), 'done')],
  'GET /batches/{id}/selection': [
    {
      how: 'everything of it that I may approve',
      send: async (attempt) => {
        const path = `${await ownBatch(attempt)}/selection?action=approve`;
        return body(await attempt.me.get<{ total: number }>(path)).total === 0 ? 'nothing' : 'something';
      },
      answers: ['nothing'],
    },
  ],
  'POST /batches/{id}/withdraw': [
    by('my own whole', async (attempt) => attempt.me.post(`${await ownBatch(attempt)}/withdraw`), 'done'),
  ],
  'POST /batches/{id}/undo': [
    by(
      'what nobody approved yet',
      async (attempt) => attempt.me.post(`${await ownBatch(attempt)}/undo`),
      'nothing-to-undo',
    ),
  ],
  'POST /duplicates/dismiss': [
    by(
      'from itself',
      ({ me, proposal: { recordId } }) =>
        me.post('/duplicates/dismiss', { first: recordId, second: recordId, reason: 'x' }),
      'input-invalid',
    ),
  ],
  'POST /duplicates/reopen': [
    by(
      'with itself',
      ({ me, proposal: { recordId } }) => me.post('/duplicates/reopen', { first: recordId, second: recordId }),
      'input-invalid',
    ),
  ],
  'POST /proposals/{id}/undo-merge': [
    by('as if it had been a merge', ({ me, path }) => me.post(`${path}/undo-merge`), 'input-invalid'),
  ],
  'POST /entries/{id}/revert': [
    by(
      'to the first revision',
      ({ me, proposal }) => me.post(`/entries/${proposal.recordId}/revert`, { revision: 1 }),
      'done',
    ),
    by(
      'to a revision that is only proposed',
      ({ me, proposal }) => me.post(`/entries/${proposal.recordId}/revert`, { revision: 99 }),
      'not-found',
    ),
  ],
  'POST /organisations/{id}/revert': [
    by(
      'to the first revision',
      ({ me, ground }) => me.post(`/organisations/${ground.organisation}/revert`, { revision: 1 }),
      'done',
    ),
  ],
  'POST /countries/{id}/revert': [
    by(
      'to the first revision',
      ({ me, ground }) => me.post(`/countries/${ground.country}/revert`, { revision: 1 }),
      'done',
    ),
  ],
  'POST /entries/{id}/suspend': [
    by(
      'out of sight',
      ({ me, proposal }) => me.post(`/entries/${proposal.recordId}/suspend`, { reason: 'wrong' }),
      'done',
      'record-not-active',
    ),
  ],
  'POST /entries/{id}/confirm-suspension': [
    by(
      'my own suspension',
      async ({ me, proposal }) => {
        await me.post(`/entries/${proposal.recordId}/suspend`, { reason: 'wrong' });
        return me.post(`/entries/${proposal.recordId}/confirm-suspension`);
      },
      'second-person-needed',
    ),
  ],
  'POST /entries/{id}/impact': [
    by('ask', ({ me, proposal }) => me.post(`/entries/${proposal.recordId}/impact`, { retire: true }), 'done'),
  ],
  'POST /entries/{id}/verifications': [
    by('that I saw it so', ({ me, proposal }) => look(me, proposal, { outcome: 'confirmed' }), 'done', 'not-found'),
    by(
      'that I saw another number, which begins a proposal',
      ({ me, proposal }) =>
        look(me, proposal, {
          outcome: 'confirmed-changed',
          observed: { '/channels/tel/value': { number: { kind: 'e164', digits: '4930777777' } } },
        }),
      'done',
      'not-found',
    ),
  ],
  'POST /entries/{id}/work': [
    by(
      'take the check on',
      ({ me, proposal }) => me.post(`/entries/${proposal.recordId}/work`, { claim: true }),
      'done',
      'not-found',
    ),
  ],
  'POST /organisations/{id}/outreach': [
    by(
      'write to them',
      ({ me, ground }) => me.post(`/organisations/${ground.organisation}/outreach`, { way: 'mail' }),
      'mail-off',
    ),
  ],
  'PUT /organisations/{id}/courtesy': [
    by(
      'agree with them',
      ({ me, ground }) =>
        me.put(
          `/organisations/${ground.organisation}/courtesy`,
          { agreedWay: null, agreedHours: null, testsArranged: true, minDaysBetween: 7 },
          { 'if-match': '"0"' },
        ),
      'done',
      'stale-revision',
    ),
  ],
  'POST /corrections/{id}/accept': [
    by(
      'what begins a proposal',
      async ({ me, ...rest }) => me.post(`${await corrected(rest)}/accept`),
      'done',
      'not-found',
    ),
  ],
  'POST /corrections/{id}/dismiss': [
    by(
      'as right already',
      async ({ me, ...rest }) => me.post(`${await corrected(rest)}/dismiss`, { reason: DISMISSALS[0] }),
      'done',
    ),
  ],
  'POST /corrections/{id}/destroy': [
    by('without a trace', async ({ me, ...rest }) => me.post(`${await corrected(rest)}/destroy`), 'done'),
  ],
  'GET /imports': [by('look', ({ me }) => me.get('/imports'), 'done')],
  'POST /imports': [
    by(
      'a proposal in place of a file',
      ({ me, proposal }) => me.post('/imports?name=x', proposal),
      'content-type-wrong',
    ),
  ],
  'GET /imports/{id}': onEnded('look', (me, path) => me.get(path), 'done'),
  'PATCH /imports/{id}': onEnded(
    'after its end',
    (me, path) => me.patch(path, {}, { 'if-match': '"1"' }),
    'import-closed',
  ),
  'POST /imports/{id}/preview': onEnded('after its end', (me, path) => me.post(`${path}/preview`), 'import-closed'),
  'DELETE /imports/{id}/preview': onEnded('what nobody makes', (me, path) => me.delete(`${path}/preview`), 'done'),
  'GET /imports/{id}/rows': onEnded('look', (me, path) => me.get(`${path}/rows`), 'preview-missing'),
  'GET /imports/{id}/report': onEnded('look', (me, path) => me.get(`${path}/report?format=csv`), 'import-closed'),
  'GET /imports/{id}/gone': onEnded('look', (me, path) => me.get(`${path}/gone`), 'preview-missing'),
  'POST /imports/{id}/decisions': onEnded(
    'that a row is what I proposed',
    (me, path, { proposal: { contentHash, recordId } }) =>
      me.post(`${path}/decisions`, {
        decisions: [{ fingerprint: contentHash, decision: { action: 'entry', id: recordId } }],
      }),
    'import-closed',
  ),
  'POST /imports/{id}/commit': onEnded(
    'what nobody previewed',
    (me, path, { proposal: { contentHash } }) =>
      me.post(`${path}/commit`, { digest: contentHash, evidence: { kind: 'partner-attestation', title: 'Mine' } }),
    'import-closed',
  ),
  'POST /imports/{id}/discard': onEnded('again', (me, path) => me.post(`${path}/discard`), 'import-closed'),
  'POST /imports/{id}/profile': onEnded(
    'after its end',
    (me, path) => me.post(`${path}/profile`, { name: 'Demo Partner' }),
    'import-closed',
  ),
  'GET /import-profiles': [by('look', ({ me }) => me.get('/import-profiles'), 'done')],
  'POST /snapshots': [by('freeze', ({ me }) => me.post('/snapshots'), 'done')],
  'POST /snapshots/{sequence}/confirm': [
    by(
      'my own',
      async ({ me }) => me.post(`${await prepared(me)}/confirm`, { reason: 'Meant' }),
      'second-person-needed',
    ),
  ],
  'POST /snapshots/{sequence}/publish': [
    by('what is approved', async ({ me }) => me.post(`${await prepared(me)}/publish`), 'done'),
  ],
  'POST /snapshots/{sequence}/stage': [
    by('let app teams try it', async ({ me }) => me.post(`${await prepared(me)}/stage`), 'done'),
  ],
  'GET /snapshots/{sequence}/bundle': [
    by('what signers take along', async ({ me }) => me.get(`${await prepared(me)}/bundle`), 'not-found'),
  ],
  'POST /snapshots/{sequence}/signatures': [
    by('for nobody, in a demo', async ({ me }) => me.post(`${await prepared(me)}/signatures`, SIGNATURE), 'not-found'),
    by(
      'what is none',
      async ({ me }) => me.post(`${await prepared(me)}/signatures`, { ...SIGNATURE, signature: '' }),
      'input-invalid',
    ),
  ],
  'POST /urgent/signatures': [
    by('for nothing that waits', ({ me }) => me.post('/urgent/signatures', SIGNATURE), 'not-found'),
    by('what is none', ({ me }) => me.post('/urgent/signatures', { ...SIGNATURE, signature: '' }), 'input-invalid'),
  ],
  'POST /snapshots/{sequence}/discard': [
    by('throw away', async ({ me }) => me.post(`${await prepared(me)}/discard`), 'done'),
  ],
  'POST /admin-requests': [
    by('another account of mine', ({ me, proposal }) => askAdmins(me, proposal.id), 'done'),
    by('a policy with fewer approvals', ({ me }) => askFewerApprovals(me, 1), 'done'),
    by('a policy without approvals', ({ me }) => askFewerApprovals(me, 0), 'input-invalid'),
  ],
  'POST /admin-requests/{id}/confirm': [
    by(
      'another account of mine',
      async ({ me, proposal }) => me.post(`/admin-requests/${body(await askAdmins(me, proposal.id)).id}/confirm`),
      'second-person-needed',
    ),
  ],
  'POST /admin-requests/{id}/refuse': [
    by(
      'what I asked for',
      async ({ me, proposal }) => me.post(`/admin-requests/${body(await askAdmins(me, proposal.id)).id}/refuse`),
      'done',
    ),
  ],
  'POST /users/{id}/disable': [
    by(
      'somebody in my way',
      ({ me, ground }) => me.post(`/users/${ground.site.world.people.thirdReviewer.id}/disable`),
      'done',
      'request-closed',
    ),
  ],
};

const PLACES = ['proposals', 'entries', 'organisations', 'countries', 'snapshots', 'admin-requests', 'users', 'policy'];
/** Wherever they stand: operations under these permissions take a proposal or decide what the directory is. */
const CARRIERS = /^(proposal\.|entry\.|snapshot\.publish|correction\.decide|user\.administer|policy\.administer)/;

/** Operations of the document that could carry a proposal forward, as `METHOD /path`. */
async function carriers({ site }: Pick<Ground, 'site'>): Promise<string[]> {
  type Document = { paths: Record<string, Record<string, { 'x-permission': Permission | 'public' | 'signed-in' }>> };
  const { paths } = (await (await site.app.request('/api/v1/openapi.json')).json()) as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { 'x-permission': permission }]) => {
      const place = path.split('/')[3] ?? '';
      const isCarrier = CARRIERS.test(permission) || (method !== 'get' && PLACES.includes(place));
      return isCarrier ? [`${method.toUpperCase()} ${path.replace('/api/v1', '')}`] : [];
    }),
  );
}

/** Everything that is different once a proposal moved on. */
async function whereItIs({ site }: Ground, { id, recordId }: Pick<View, 'id' | 'recordId'>) {
  const { read } = site.world.store;
  const total = async (action: string) => (await listAuditEvents(read, { action, limit: 1, offset: 0 })).total;
  const record = await findRecord(read, recordId);
  return {
    reviews: await reviewsOf(read, id),
    revision: record?.revision,
    content: record?.contentHash,
    approved: await total('proposal.approve'),
    sentBack: await total('proposal.request-changes'),
    declined: await total('proposal.decline'),
    applied: await total('proposal.apply'),
  };
}

/** Whatever I did, approving what is not applied of this record is still refused to me. @returns how many refusals */
async function expectNoneToApprove(ground: Ground, recordId: string): Promise<number> {
  const { data } = body(await ground.me.client.get<{ data: View[] }>(`/proposals?record=${recordId}&perPage=100`));
  const mine = data.filter(({ state }) => state !== 'applied');
  expect(mine.length).toBeGreaterThan(0);
  for (const { id, contentHash } of mine) {
    const answer = await ground.me.client.post(`/proposals/${id}/review`, { decision: 'approve', contentHash });
    expect(codeOf(answer)).toBe('own-contribution');
  }
  return mine.length;
}

const counted = { operations: 0, attempts: 0, refusals: 0 };
afterAll(() => {
  const { operations, attempts, refusals } = counted;
  console.log(
    `${operations} operations, ${EVERY_PART.length} parts: ${attempts} attempts, ${refusals} approvals refused`,
  );
});

describe('somebody who holds every role and contributed', () => {
  it('is tried by every operation that could carry a proposal forward, and in every part', async () => {
    const ground = { site: await newSite() };
    const operations = await carriers(ground);
    counted.operations = operations.length;
    expect(
      operations.filter((operation) => !(operation in TRIED)),
      'operations to be tried here first',
    ).toEqual([]);
    expect(
      Object.keys(TRIED).filter((operation) => !operations.includes(operation)),
      'operations gone',
    ).toEqual([]);
    expect(EVERY_PART).toEqual([...ContributorPart.options, 'lifter']);
  });

  it.each(EVERY_PART)('gets nowhere with it, by any operation, as its %s', async (part) => {
    const ground = await newGround();
    const { read } = ground.site.world.store;
    const me = ground.me.client;
    for (const [operation, tries] of Object.entries(TRIED)) {
      for (const { how, send, answers } of tries) {
        const proposal = await PARTS[part](ground);
        const what = `${part}: ${operation} (${how})`;
        expect(await contributorsOf(read, proposal.id), what).toContainEqual(
          expect.objectContaining({ userId: ground.me.id, part: part === 'lifter' ? 'author' : part }),
        );
        const before = await whereItIs(ground, proposal);
        const stateBefore = (await findRecord(read, proposal.recordId))?.state ?? '';

        const answer = await send({ ground, me, proposal, path: `/proposals/${proposal.id}` });
        expect(answers.map((right) => `${what}: ${right}`)).toContain(`${what}: ${answer}`);
        counted.attempts += 1;
        counted.refusals += await expectNoneToApprove(ground, proposal.recordId);

        expect(await whereItIs(ground, proposal), what).toEqual(before);
        expect(['draft', 'in-review', 'withdrawn'], what).toContain((await findProposal(read, proposal.id))?.state);
        expect([stateBefore, 'suspended'], what).toContain((await findRecord(read, proposal.recordId))?.state);
      }
    }
    const published = Object.values(await filesIn(ground.site.repoDir)).map((file) => Buffer.from(file, 'base64'));
    expect(published.some((bytes) => bytes.includes('Organisation organisation-'))).toBe(true);
    expect(published.filter((bytes) => bytes.includes(MARK))).toEqual([]);
  });
});

type Row = { id: string; state?: string; code?: string };

const seen = ({ id, contentHash }: View) => ({ id, contentHash });
const approve = async (client: Client, proposal: View) =>
  codeOf(
    await client.post(`/proposals/${proposal.id}/review`, { decision: 'approve', contentHash: proposal.contentHash }),
  );

/** Approves many at once. @returns the code of each row, or the state it got */
async function approveAll(client: Client, items: { id: string; contentHash: string }[]): Promise<string[]> {
  const { results } = body(await client.post<{ results: Row[] }>('/proposals/bulk', { action: 'approve', items }));
  expect(results.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
  return results.map(({ code, state }) => code ?? state ?? '');
}

/** Neither review nor revision: still waiting, as it was submitted. */
async function expectWaiting({ site }: Ground, { id, recordId }: View): Promise<void> {
  const { read } = site.world.store;
  expect(await findProposal(read, id)).toMatchObject({ state: 'in-review' });
  expect(await reviewsOf(read, id)).toEqual([]);
  expect(await findRecord(read, recordId)).toMatchObject({ revision: 1 });
}

describe('nobody gets round it', () => {
  it('by hiding what is theirs among many', async () => {
    const ground = await newGround();
    const { me, curator } = ground;
    const theirs = await submit(curator, await start(curator, await someChange(ground)));
    const changedSince = await submit(curator, await start(curator, await someChange(ground)));
    const [authored, submitted] = [await PARTS.author(ground), await PARTS.submitter(ground)];
    const codes = await approveAll(me.client, [
      seen(authored),
      seen(theirs),
      seen(submitted),
      { id: changedSince.id, contentHash: authored.contentHash },
      { id: ground.organisation, contentHash: theirs.contentHash },
    ]);
    expect(codes).toEqual(['own-contribution', 'applied', 'own-contribution', 'stale-content', 'not-found']);
    for (const waiting of [authored, submitted, changedSince]) await expectWaiting(ground, waiting);
    expect(await findRecord(ground.site.world.store.read, theirs.recordId)).toMatchObject({ revision: 2 });
  });

  it('by a batch: of one they imported, decided or sent they approve no row, and others approve all', async () => {
    const ground = await newGround();
    const { at, admins, me, secondCurator, reviewer } = ground;
    const { world } = ground.site;
    const sender = await bringIn(at, admins, 'Demo Sender', ALL_ROLES);
    const decider = await signIn(at.url, 'Demo Everything', ORIGIN);
    const contributors = [world.people.everything.id];
    const rows = [];
    for (const hold of [undefined, undefined, refuse('evidence-missing')])
      rows.push({ proposal: { ...(await someChange(ground)), part: 'importer' as const }, hold, contributors });
    const { id } = await openBatch({ ...world.as('curator'), actorId: me.id }, { rows });
    type Shown = { data: { proposal: View }[] };
    const shown = async () => body(await reviewer.get<Shown>(`/batches/${id}/rows`)).data.map((row) => row.proposal);
    const [first, second, held] = await shown();
    if (!first || !second || !held) throw new Error('The batch lacks a row');
    // Sent by one, edited and sent again by another: each is a contributor of that row from then on.
    body(await sender.client.post<unknown>('/proposals/bulk', { action: 'submit', items: [{ id: held.id }] }));
    const { doc } = body(await reviewer.get<{ doc: Entry }>(`/proposals/${second.id}`));
    const edited = await edit(sender.client, second, { ...doc, priority: 9 });
    await submit(secondCurator, edited);

    const items = (await shown()).map(seen);
    for (const client of [me.client, decider])
      expect(await approveAll(client, items)).toEqual(items.map(() => 'own-contribution'));
    expect(await approveAll(sender.client, items)).toEqual(['applied', 'own-contribution', 'own-contribution']);
    expect(await approveAll(reviewer, items.slice(1, 2))).not.toContain('own-contribution');
  });

  it('by an edit that is taken back, though the content is again what somebody else wrote', async () => {
    const ground = await newGround();
    const { me, curator, secondCurator } = ground;
    const change = await someChange(ground);
    const written = await start(curator, change);
    const edited = await edit(me.client, written, { ...change.doc, ...named('Mine for a moment') });
    expect(edited.contentHash).not.toBe(written.contentHash);
    const proposal = await submit(secondCurator, await edit(secondCurator, edited, change.doc));
    expect(proposal.contentHash).toBe(written.contentHash);
    for (const hash of [proposal.contentHash, edited.contentHash, 'f'.repeat(64)]) {
      expect(await approve(me.client, { ...proposal, contentHash: hash })).toBe('own-contribution');
      expect(await approveAll(me.client, [{ id: proposal.id, contentHash: hash }])).toEqual(['own-contribution']);
    }
    await expectWaiting(ground, proposal);
  });

  it('by a role that came later', async () => {
    const ground = await newGround();
    const { at, admins, secondCurator } = ground;
    const author = await bringIn(at, admins, 'Demo Later', ['curator']);
    const proposal = await submit(secondCurator, await start(author.client, await someChange(ground)));
    expect(await approve(author.client, proposal)).toBe('not-permitted');
    await agree(admins, { kind: 'user.roles', subject: author.id, payload: { roles: ALL_ROLES } });
    expect(await approve(author.client, proposal)).toBe('not-signed-in');
    const promoted = await signInByPassword(at, { email: author.email, password: PASSWORD });
    expect(await approve(promoted, proposal)).toBe('own-contribution');
    expect(await approveAll(promoted, [seen(proposal)])).toEqual(['own-contribution']);
    await expectWaiting(ground, proposal);
    // It is the person who is refused, not the role: for what they did not touch it counts at once.
    const theirs = await submit(secondCurator, await start(secondCurator, await someChange(ground)));
    expect(await approve(promoted, theirs)).toBe('done');
  });

  it('in pairs: two who edited each other’s proposals approve neither', async () => {
    const ground = await newGround();
    const { at, admins, me, secondCurator } = ground;
    const friend = await bringIn(at, admins, 'Demo Friend', ALL_ROLES);
    for (const [author, editor] of [
      [me, friend],
      [friend, me],
    ] as const) {
      const change = await someChange(ground);
      const draft = await start(author.client, change);
      const edited = await edit(editor.client, draft, { ...change.doc, ...named('Of both') });
      const proposal = await submit(secondCurator, edited);
      for (const { client } of [author, editor]) {
        expect(await approve(client, proposal)).toBe('own-contribution');
        expect(await approveAll(client, [seen(proposal)])).toEqual(['own-contribution']);
      }
      await expectWaiting(ground, proposal);
    }
  });

  it('by plain SQL on the database file, in any part', async () => {
    const ground = await newGround();
    const { world } = ground.site;
    const { id: me } = ground.me;
    const { reviewer, visitor } = world.people;
    const review = `insert into review (id, proposal_id, reviewer_id, decision, content_hash, at) values (?, ?, ?, 'approve', ?, '')`;
    for (const part of EVERY_PART) {
      const proposal = await PARTS[part](ground);
      const { id, contentHash } = proposal;
      const before = await whereItIs(ground, proposal);
      const who = await contributorsOf(world.store.read, id);
      const attempts: [string, unknown[], string][] = [
        [review, [world.newId(), id, me, contentHash], 'own-contribution'],
        [`delete from contributor where proposal_id = ? and user_id = ?`, [id, me], 'contributors are never deleted'],
        [
          `update contributor set user_id = ? where proposal_id = ? and user_id = ?`,
          [visitor.id, id, me],
          'contributors never change',
        ],
      ];
      for (const [statement, values, words] of attempts)
        expect(() => sql(world, statement, values), `${part}: ${statement}`).toThrow(words);
      expect(await whereItIs(ground, proposal)).toEqual(before);
      expect(await contributorsOf(world.store.read, id)).toEqual(who);
    }
    // The other way round: who approved cannot be made a contributor, nor a review be put in another name.
    const organisation = await enter(world, 'organisation', buildOrganisation());
    const entry = buildEntry({ organisation });
    const draft = await start(ground.curator, { kind: 'create', recordType: 'entry', doc: entry });
    const proposal = await submit(ground.curator, draft);
    expect(await approve(ground.reviewer, proposal)).toBe('done');
    expect(() =>
      sql(world, `insert into contributor (proposal_id, user_id, part, at) values (?, ?, 'co-editor', '')`, [
        proposal.id,
        reviewer.id,
      ]),
    ).toThrow('own-contribution');
    expect(() => sql(world, `update review set reviewer_id = ? where proposal_id = ?`, [me, proposal.id])).toThrow(
      'reviews never change',
    );
    expect(await findProposal(world.store.read, proposal.id)).toMatchObject({ state: 'in-review' });
  });
});
