// A production installation as its people have it after some weeks: TLS in front, people by name, an entry that was approved
// and verified, and keys that lie with people.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  factsToCheck,
  SIGNING_POLICY_FILE,
  type Entry,
  type PublicKey,
  type Role,
  type SigningRequest,
} from '@waymark/domain';
import { generatePrivateKey, publishRoot, signRequest, toSigner, writeKeyFile, type Signer } from '@waymark/tuf';
import { openClient, signInByPassword, type Address, type Client } from './client.ts';
import { bringIn, PASSWORD, type Admins } from './newcomer.ts';
import { freePort } from './freePort.ts';
import { startServer, type Server } from './server.ts';
import { openTlsFront, type TlsFront } from './tlsFront.ts';
import { buildEntry, buildOrganisation } from './world.ts';

const ONLINE = 'the server has a sentence too';

export type Production = {
  /** What people type. */
  origin: string;
  readonly server: Server;
  data: string;
  /** The session of somebody who was brought in, as client of the process. */
  as(name: string): Client;
  /** Brings a person in; their session lives on when the process starts again. */
  bringIn(name: string, roles: readonly Role[]): Promise<Client>;
  /** Puts a document into the directory by four eyes. @returns the record's id */
  enter(recordType: 'entry' | 'organisation', doc: object): Promise<string>;
  /** Changes an entry by four eyes. */
  amend(id: string, change: (doc: Entry) => Entry, summary: string): Promise<void>;
  /** Looks at every fact of an entry and confirms it. */
  verify(id: string): Promise<void>;
  /** Ends the process and starts it again, as after a ceremony. */
  again(): Promise<void>;
  stop(): Promise<void>;
};

/** Sets up an installation: two admins, a curator, two reviewers, and a first entry. */
export async function startProduction(): Promise<Production & { entry: string }> {
  const data = await mkdtemp(join(tmpdir(), 'waymark-production-'));
  const passphraseFile = join(data, 'passphrase');
  await writeFile(passphraseFile, ONLINE, { mode: 0o600 });
  let server: Server;
  let front: TlsFront | undefined;
  const port = await freePort();
  front = await openTlsFront(port);
  const { origin } = front;
  const begin = () =>
    startServer({
      data,
      port,
      env: { WAYMARK_PROFILE: 'production', WAYMARK_ORIGIN: origin, WAYMARK_KEY_PASSPHRASE_FILE: passphraseFile },
    });
  server = await begin();
  const at = (): Address => ({ url: server.url, origin });
  const token = /^ {2}([A-Za-z0-9_-]{43})$/m.exec(server.output())?.[1] ?? '';
  const people = ['First Admin', 'Second Admin'].map((name) => ({
    name,
    email: `${name.toLowerCase().replace(' ', '.')}@example.org`,
    password: PASSWORD,
  }));
  await done(openClient(at()).post('/setup', { token, admins: people }), 204);
  const [first, second] = await Promise.all(people.map((person) => signInByPassword(at(), person)));
  const admins: Admins = [first!, second!]; // Two people were set up.
  const cookies = new Map<string, string>();
  const as = (name: string) => openClient(at(), cookies.get(name) ?? '');
  const bring = async (name: string, roles: readonly Role[]) => {
    cookies.set(name, (await bringIn(at(), admins, name, roles)).client.cookie);
    return as(name);
  };
  await bring('Some Curator', ['curator']);
  await bring('Some Reviewer', ['reviewer']);
  await bring('Another Reviewer', ['reviewer']);

  const decide = async (id: string) => {
    const submitted = await done(as('Some Curator').post<{ contentHash: string }>(`/proposals/${id}/submit`), 200);
    for (const name of ['Some Reviewer', 'Another Reviewer']) {
      const { contentHash } = submitted;
      await as(name).post(`/proposals/${id}/review`, { decision: 'approve', contentHash });
    }
  };
  const enter = async (recordType: string, doc: object) => {
    const proposal = { kind: 'create', recordType, doc };
    const { id, recordId } = await done(as('Some Curator').post<Created>('/proposals', proposal), 201);
    await decide(id);
    return recordId;
  };
  const production: Production = {
    origin,
    data,
    get server() {
      return server;
    },
    as,
    bringIn: bring,
    enter,
    async amend(recordId, change, summary) {
      const entry = await done(as('Some Curator').get<{ doc: Entry }>(`/entries/${recordId}`), 200);
      const proposal = { kind: 'update', recordType: 'entry', recordId, doc: change(entry.doc), summary };
      await decide((await done(as('Some Curator').post<Created>('/proposals', proposal), 201)).id);
    },
    async verify(id) {
      const entry = await done(as('Some Curator').get<{ revision: number; doc: Entry }>(`/entries/${id}`), 200);
      const looked = {
        revision: entry.revision,
        paths: factsToCheck(entry.doc),
        method: 'official-site-check',
        outcome: 'confirmed',
        evidence: [{ id: 'seen', kind: 'official-page', title: 'Contact', url: 'https://help.example.org/contact' }],
      };
      await done(as('Some Curator').post(`/entries/${id}/verifications`, looked), 201);
    },
    async again() {
      await server.stop();
      server = await begin();
    },
    async stop() {
      await server.stop();
      await front.close();
      await rm(data, { recursive: true, force: true });
    },
  };
  const organisation = await enter('organisation', buildOrganisation({ slug: 'first-organisation' }));
  const entry = await enter('entry', buildEntry({ organisation, slug: 'first-entry' }));
  await production.verify(entry);
  return Object.assign(production, { entry });
}

type Created = { id: string; recordId: string };

async function done<T>(asked: Promise<{ status: number; body: T }>, status: number): Promise<T> {
  const answer = await asked;
  if (answer.status !== status) throw new Error(`Refused: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** The public half of a key that somebody holds elsewhere, and whose it is. */
type Held = { name: string; publicKey: PublicKey; keyid: string };

/**
 * Root 1 as a ceremony leaves it: three root holders, 2 of 3 targets keys, two on duty, the online keys with the server.
 * @param held of one who signs snapshots
 * @param onDuty of one who signs what is urgent
 * @returns the two other people's targets keys
 */
export async function holdCeremony(data: string, held: Held, onDuty: Held) {
  const signer = () => toSigner(generatePrivateKey());
  const root = [signer(), signer(), signer()];
  const people = { Ben: signer(), Chris: signer() };
  const keysDir = join(data, 'keys');
  const online = await Promise.all(
    ['snapshot.key', 'timestamp.key'].map((name) =>
      writeKeyFile(join(keysDir, name), generatePrivateKey(), { passphrase: ONLINE }),
    ),
  );
  const roleOf = (keys: readonly (Signer | typeof held)[], threshold: number) => ({
    keys: keys.map(({ publicKey }) => publicKey),
    threshold,
  });
  const [snapshotRole, timestamp] = online.map((key) => roleOf([key], 1));
  const holder = (name: string, { publicKey }: Pick<Held, 'publicKey'>) => ({ name, key: publicKey.keyval.public });
  const policy = {
    kind: 'waymark-signing-policy',
    format: 1,
    root: { threshold: 2, holders: root.map((key, i) => holder(`Root holder ${i + 1}`, key)) },
    targets: { threshold: 2, holders: [held, ...named(people)].map((key) => holder(key.name, key)) },
    urgent: { threshold: 1, holders: [holder(onDuty.name, onDuty), holder('Emil', signer())] },
    online: { snapshot: online[0]!.publicKey.keyval.public, timestamp: online[1]!.publicKey.keyval.public },
  };
  await writeFile(join(data, SIGNING_POLICY_FILE), JSON.stringify(policy));
  await publishRoot({
    dir: join(data, 'repo'),
    keys: {
      root: roleOf(root, 2),
      targets: roleOf([held, people.Ben, people.Chris], 2),
      snapshotRole: snapshotRole!, // Two keys were written.
      timestamp: timestamp!,
    },
    owners: { [held.keyid]: held.name, [people.Ben.keyid]: 'Ben', [people.Chris.keyid]: 'Chris' },
    profile: 'production',
    signers: { root },
    now: new Date(Math.floor(Date.now() / 1000) * 1000),
  });
  return people;
}

const named = (people: Record<string, Signer>): Held[] =>
  Object.entries(people).map(([name, { publicKey, keyid }]) => ({ name, publicKey, keyid }));

/** What `waymark sign` writes. */
export async function signatureFile(request: SigningRequest, signer: Signer): Promise<Buffer> {
  return Buffer.from(JSON.stringify(await signRequest(request, signer)));
}
