// Signing with people: the server prepares, signers review on machines of their own and sign, the server only publishes.
import { describe, expect, it } from 'vitest';
import { contentHash, type AuditAction, type Entry } from '@waymark/domain';
import {
  addSignature,
  discardSnapshot,
  chooseNotices,
  confirmAdminRequest,
  prepareSnapshot,
  publishSnapshot,
  remindOfWindow,
  requestPolicyChange,
  showRequest,
  showSigning,
  writeReminder,
} from '@waymark/services';
import { currentPolicy, dueMail, findRecord, listAuditEvents, signaturesOf } from '@waymark/store';
import { signRequest } from '@waymark/tuf';
import { holdCeremony, type Ceremony, type SignerName } from '../support/ceremony.ts';
import { sql, sqlWithoutGuards } from '../support/rawDatabase.ts';
import {
  answersTo,
  catchUp,
  codesOf,
  newMachine,
  review,
  signReviewed,
  takeBundle,
  type Machine,
} from '../support/signing.ts';
import { download, filesIn, manifestIn, recordsIn } from '../support/tree.ts';
import { amend, enterEntry, newWorld, type PersonName, type World } from '../support/world.ts';

const code = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error & { refusal?: { code: string } }) => error.refusal?.code ?? error.message,
  );

/** Reviews the prepared snapshot on the machines of some people, who sign it and have their signatures brought. */
async function signAs(
  world: World,
  { publishing, signers }: Ceremony,
  sequence: number,
  people: readonly (readonly [SignerName, Machine])[],
): Promise<void> {
  const unpacked = await takeBundle(world, publishing, sequence);
  for (const [name, machine] of people) {
    // What has to be answered for: on the first day, the six words that are compared by voice.
    const reviewed = await review(world, unpacked, machine, answersTo(await review(world, unpacked, machine)));
    const signature = await signReviewed(unpacked, reviewed, signers[name], machine);
    await addSignature(world.as('publisher'), publishing, sequence, signature);
  }
}

async function publishSigned(world: World, ceremony: Ceremony, machines: readonly [Machine, Machine]): Promise<number> {
  const { sequence } = await prepareSnapshot(world.as('publisher'), ceremony.publishing);
  await signAs(world, ceremony, sequence, [
    ['anna', machines[0]],
    ['ben', machines[1]],
  ]);
  await publishSnapshot(world.as('publisher'), ceremony.publishing, sequence);
  return sequence;
}

const dial = (digits: string) => (doc: Entry) => ({
  ...doc,
  channels: doc.channels.map((channel) =>
    channel.type === 'phone' ? { ...channel, value: { number: { kind: 'e164' as const, digits } } } : channel,
  ),
});

const eventsOf = async (world: World, action: AuditAction) =>
  (await listAuditEvents(world.store.read, { action, order: 'asc', limit: 20, offset: 0 })).data;

describe('a snapshot that people sign', () => {
  it('goes out when two of three have signed, and the stock client takes it', async () => {
    const world = await newWorld();
    const ceremony = await holdCeremony(world);
    const { publishing } = ceremony;
    const { id } = await enterEntry(world);
    const [anna, ben] = [newMachine(), newMachine()];

    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    expect(await code(publishSnapshot(world.as('publisher'), publishing, sequence))).toBe('signatures-missing');
    await signAs(world, ceremony, sequence, [['anna', anna]]);
    expect(await showSigning(world.as('publisher'), publishing, sequence)).toMatchObject({
      state: 'open',
      threshold: 2,
      signed: [{ owner: 'anna', uploadedByName: 'Demo Publisher' }],
      missing: [{ owner: 'ben' }, { owner: 'chris' }],
      can: { addSignature: null, publish: { code: 'signatures-missing' } },
    });
    expect(await code(publishSnapshot(world.as('publisher'), publishing, sequence))).toBe('signatures-missing');
    await signAs(world, ceremony, sequence, [['ben', ben]]);
    expect(await showSigning(world.as('publisher'), publishing, sequence)).toMatchObject({
      state: 'complete',
      can: { publish: null },
    });
    await publishSnapshot(world.as('publisher'), publishing, sequence);
    expect(recordsIn(await download(publishing)).map((record) => record.id)).toContain(id);

    // The second one is compared with the first, which both machines remember.
    await amend<Entry>(world, id, dial('4930999999'));
    const second = await prepareSnapshot(world.as('publisher'), publishing);
    const unpacked = await takeBundle(world, publishing, second.sequence);
    const seen = await review(world, unpacked, anna);
    expect(seen.refusals).toEqual([]);
    expect(seen.comparedWith).toMatchObject({ sequence });
    expect(JSON.stringify(seen.difference?.changed)).toContain('4930123456');
    expect(JSON.stringify(seen.difference?.changed)).toContain('4930999999');
    await signAs(world, ceremony, second.sequence, [
      ['anna', anna],
      ['ben', ben],
    ]);
    await publishSnapshot(world.as('publisher'), publishing, second.sequence);
    expect(manifestIn(await download(publishing))).toMatchObject({ sequence: second.sequence, assurance: 'standard' });
  });

  it('writes who brought each signature, and what clients get, into the log', async () => {
    const world = await newWorld();
    const ceremony = await holdCeremony(world);
    await enterEntry(world);
    const sequence = await publishSigned(world, ceremony, [newMachine(), newMachine()]);
    const signed = await eventsOf(world, 'snapshot.sign');
    expect(signed).toMatchObject([
      { actor: world.people.publisher.id, payload: { owner: 'anna', keyid: ceremony.signers.anna.keyid } },
      { payload: { owner: 'ben' } },
    ]);
    const { targetsSha256, versions } = await download(ceremony.publishing);
    expect(await eventsOf(world, 'snapshot.publish')).toMatchObject([
      { subject: `snapshot:${sequence}`, payload: { targetsVersion: versions.targets, targetsSha256 } },
    ]);
  });

  it('is compared with what the stock client downloaded, on a machine that signed nothing before', async () => {
    const world = await newWorld();
    const ceremony = await holdCeremony(world);
    const { id } = await enterEntry(world);
    const sequence = await publishSigned(world, ceremony, [newMachine(), newMachine()]);
    const chris = newMachine();
    await catchUp(world, ceremony.publishing, chris);
    await amend<Entry>(world, id, dial('4930999999'));
    const next = await prepareSnapshot(world.as('publisher'), ceremony.publishing);
    const found = await review(world, await takeBundle(world, ceremony.publishing, next.sequence), chris);
    expect(found).toMatchObject({ refusals: [], comparedWith: { sequence } });
  });

  it('is the same zip each time, and says the same on a machine without Node', async () => {
    const world = await newWorld();
    const { publishing } = await holdCeremony(world);
    await enterEntry(world);
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    const once = await takeBundle(world, publishing, sequence);
    expect(await takeBundle(world, publishing, sequence)).toEqual(once);
    expect([...once.keys()].filter((path) => !path.startsWith('v1/'))).toEqual(['request.json', 'approvals.ndjson']);
    const inNode = await review(world, once, newMachine());
    expect(await review(world, once, newMachine(), {}, {})).toEqual(inNode);
  });
});

describe('a signature', () => {
  it('is refused when it is of another key, of another request, wrong, or there already; nothing is kept', async () => {
    const world = await newWorld();
    const { publishing, signers, stranger } = await holdCeremony(world);
    const { id } = await enterEntry(world);
    const first = await prepareSnapshot(world.as('publisher'), publishing);
    const old = await showRequest(world.as('publisher'), publishing, first.sequence);
    await amend<Entry>(world, id, dial('4930999999'));
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    const request = await showRequest(world.as('publisher'), publishing, sequence);
    const good = await signRequest(request, signers.anna);
    const bring = (signature: typeof good, by: 'publisher' | 'curator' = 'publisher') =>
      code(addSignature(world.as(by), publishing, sequence, signature));
    expect(await bring(await signRequest(request, stranger))).toBe('signature-key-unknown');
    expect(await bring(await signRequest(old, signers.anna))).toBe('signature-of-other-request');
    expect(await bring({ ...good, signature: `${'0'.repeat(127)}1` })).toBe('signature-wrong');
    // Whose it is, its key says: anna's signature does not become ben's.
    expect(await bring({ ...good, keyid: signers.ben.keyid })).toBe('signature-wrong');
    expect(await bring(good, 'curator')).toBe('not-permitted');
    expect(await signaturesOf(world.store.read, sequence)).toEqual([]);
    expect(await bring(good)).toBe('done');
    expect(await bring(good)).toBe('already-signed');
    expect(await code(publishSnapshot(world.as('publisher'), publishing, sequence))).toBe('signatures-missing');
    expect(await filesIn(`${publishing.repoDir}/targets`)).toEqual({});
    expect(await eventsOf(world, 'snapshot.sign')).toHaveLength(1);
  });

  it('cannot be moved, changed or taken away in the database, nor a request', async () => {
    const world = await newWorld();
    const { publishing, signers } = await holdCeremony(world);
    await enterEntry(world);
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    const request = await showRequest(world.as('publisher'), publishing, sequence);
    await addSignature(world.as('publisher'), publishing, sequence, await signRequest(request, signers.anna));
    for (const [statement, words] of [
      ['update snapshot_signature set keyid = ?', 'signatures never change'],
      ['delete from snapshot_signature where keyid <> ?', 'signatures are never deleted'],
      ['update signing_request set digest = ?', 'a signing request never changes'],
      ['delete from signing_request where digest <> ?', 'signing requests are never deleted'],
    ] as const)
      expect(() => sql(world, statement, [signers.ben.keyid]), statement).toThrow(words);
  });
});

describe('a change after preparing', () => {
  it('voids the request and the signatures: nothing is handed out, taken or published any more', async () => {
    const world = await newWorld();
    const ceremony = await holdCeremony(world);
    const { publishing, signers } = ceremony;
    const { id } = await enterEntry(world);
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    await signAs(world, ceremony, sequence, [['anna', newMachine()]]);
    const late = await signRequest(await showRequest(world.as('publisher'), publishing, sequence), signers.ben);
    await amend<Entry>(world, id, dial('4930999999'));
    expect(await code(addSignature(world.as('publisher'), publishing, sequence, late))).toBe('signing-request-void');
    expect(await code(takeBundle(world, publishing, sequence))).toBe('signing-request-void');
    expect(await code(publishSnapshot(world.as('publisher'), publishing, sequence))).toBe('snapshot-outdated');
    expect(await showSigning(world.as('publisher'), publishing, sequence)).toMatchObject({
      state: 'void',
      voidBecause: 'The directory changed since',
    });
    const next = await prepareSnapshot(world.as('publisher'), publishing);
    expect(await eventsOf(world, 'snapshot.void')).toMatchObject([
      { subject: `snapshot:${sequence}`, payload: { signed: [signers.anna.keyid] } },
    ]);
    expect(await showSigning(world.as('publisher'), publishing, next.sequence)).toMatchObject({
      state: 'open',
      signed: [],
    });
    expect(await code(addSignature(world.as('publisher'), publishing, next.sequence, late))).toBe(
      'signature-of-other-request',
    );
  });

  it('voids it too when somebody throws the snapshot away', async () => {
    const world = await newWorld();
    const { publishing } = await holdCeremony(world);
    await enterEntry(world);
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    await discardSnapshot(world.as('publisher'), publishing, sequence);
    expect(await eventsOf(world, 'snapshot.void')).toHaveLength(1);
    expect(await code(takeBundle(world, publishing, sequence))).toBe('signing-request-void');
  });

  it('tells a signer who accepted the version before that there are two contents of one number', async () => {
    const world = await newWorld();
    const ceremony = await holdCeremony(world);
    const { publishing } = ceremony;
    const { id } = await enterEntry(world);
    const machines = [newMachine(), newMachine()] as const;
    await publishSigned(world, ceremony, machines);
    await amend<Entry>(world, id, dial('4930999999'));
    const taken = await prepareSnapshot(world.as('publisher'), publishing);
    await signAs(world, ceremony, taken.sequence, [['anna', machines[0]]]);
    await amend<Entry>(world, id, dial('4930888888'));
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    const found = await review(world, await takeBundle(world, publishing, sequence), machines[0]);
    expect(found.refusals).toEqual([]);
    expect(found.notes.join()).toContain('You accepted version 2 before, with other content');
  });
});

/** What somebody with the file and a shell can do: the guards go, and document and hashes become others. */
function forge(world: World, id: string, doc: unknown): void {
  const values = [JSON.stringify(doc), contentHash(doc), id];
  sqlWithoutGuards(world, 'update record set doc = ?, content_hash = ? where id = ?', values);
  sqlWithoutGuards(world, 'update revision set doc = ?, content_hash = ? where record_id = ? and revision = 2', values);
}

describe('a database in bad hands', () => {
  it('cannot have another number signed, though every hash in it was made to fit', async () => {
    const world = await newWorld();
    const ceremony = await holdCeremony(world);
    const { publishing } = ceremony;
    const { id } = await enterEntry(world);
    const machines = [newMachine(), newMachine()] as const;
    await publishSigned(world, ceremony, machines);
    await amend<Entry>(world, id, dial('4930999999'));
    const record = await findRecord(world.store.read, id);
    const doctored = { ...record, doc: dial('4930666666')(record?.doc as Entry) };
    forge(world, id, doctored.doc);
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    const found = await review(world, await takeBundle(world, publishing, sequence), machines[0]);
    expect(codesOf(found)).toEqual(['document-differs']);
    expect(found.signed).toBeNull();
  });
});

describe('a publication window', () => {
  it('is announced once to publishers and to the signers who are missing, each in their language', async () => {
    const world = await newWorld();
    // Ben has no account, and Anna will have signed.
    const ceremony = await holdCeremony(world, { anna: world.people.curator.name, chris: 'demo reviewer' });
    const { publishing } = ceremony;
    await enterEntry(world);
    const german = { weekly: false, countries: [], kinds: [], languages: ['de-AT', 'en'] };
    await chooseNotices(world.as('reviewer'), german);
    const ctx = { ...world.asSystem('signing'), post: { origin: 'https://directory.example.org' } };
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    await signAs(world, ceremony, sequence, [['anna', newMachine()]]);
    const { window } = await showSigning(world.as('publisher'), publishing, sequence);
    // To the hour before it opens; by default on a Thursday.
    world.wait({
      seconds: (Date.parse(window.opensAt) - world.now().getTime()) / 1000 + (window.isOpen ? 7 * 86_400 : 0) - 3600,
    });
    const letters = await remindOfWindow(ctx, publishing);
    expect(letters).toBe(4);
    expect(await remindOfWindow(ctx, publishing)).toBe(0);
    const mail = await dueMail(world.store.read, world.now().toISOString(), 10);
    expect(mail.map(({ recipient }) => recipient).sort()).toEqual([
      'everything@example.org',
      'publisher@example.org',
      'reviewer@example.org',
      'secondpublisher@example.org',
    ]);
    const bodyTo = (person: PersonName) => mail.find(({ recipient }) => recipient === world.people[person].email)?.body;
    expect(bodyTo('publisher')).toMatch(
      new RegExp(
        `Snapshot ${sequence} lacks 1 of its signatures. Not signed yet: ben and demo reviewer. Days left to sign it: 1[0-9]{2}`,
      ),
    );
    expect(bodyTo('publisher')).not.toContain('Your signature');
    expect(bodyTo('reviewer')).toMatch(/Auch Ihre Signatur fehlt noch\. .*Ausgabe:/);
    expect(bodyTo('reviewer')).toContain(`https://directory.example.org/#/snapshots/${sequence}/show`);
    expect(new Date(window.opensAt).getUTCDay()).toBe(4);
  });

  it('is what two admins agree on, and only then', async () => {
    const world = await newWorld();
    const { publishing } = await holdCeremony(world);
    await enterEntry(world);
    const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
    const windowNow = async () => {
      const { window } = await showSigning(world.as('publisher'), publishing, sequence);
      return `${window.day} ${window.from} ${window.tz}`;
    };
    const window = { day: 'mo', from: '10:00', to: '12:00', tz: 'Europe/Vienna' } as const;
    const { policy } = await currentPolicy(world.store.read);
    const request = await requestPolicyChange(world.as('admin'), { ...policy, window });
    expect(await windowNow()).toBe('th 09:00 UTC');
    await confirmAdminRequest(world.as('secondAdmin'), request.id);
    expect(await windowNow()).toBe('mo 10:00 Europe/Vienna');
  });
});

it('the reminder says the same in every language', () => {
  const window = {
    opensAt: '2026-11-26T09:00:00.000Z',
    closesAt: '2026-11-26T17:00:00.000Z',
    isOpen: false,
    tz: 'UTC',
  };
  const waiting = { sequence: 7, missing: 2, names: ['Ada', 'Ben'], daysLeft: 97 };
  const person = { publishes: false, signs: true };
  for (const language of ['en', 'de', 'ar'] as const) {
    const letter = writeReminder(language, { window, waiting, person, origin: 'https://directory.example.org' });
    const number = new Intl.NumberFormat(language);
    expect(letter.subject).not.toContain('{');
    expect(letter.body).not.toMatch(/[{}]/);
    for (const part of ['Ada', 'Ben', number.format(7), number.format(2), number.format(97), '/#/snapshots/7/show'])
      expect(letter.body, language).toContain(part);
    const empty = writeReminder(language, {
      window,
      waiting: undefined,
      person: { publishes: true, signs: false },
      origin: 'x',
    });
    expect(empty.body).not.toMatch(/[{}]|Ada/);
  }
});
