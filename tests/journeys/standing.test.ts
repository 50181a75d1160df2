import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  confidenceAt,
  dueState,
  factChanges,
  factsToCheck,
  liveChannels,
  METHODS,
  optionsOf,
  standingOf,
  type DirectoryRecord,
  type Entry,
  type EntryStanding,
  type Method,
  type Organisation,
  type Outcome,
} from '@waymark/domain';
import {
  closeAlarm,
  ensureStanding,
  raiseAlarm,
  rebuildStanding,
  recordVerification,
  standingNow,
  suspendRecord,
} from '@waymark/services';
import {
  allOptionCounts,
  allVerificationStates,
  change,
  eachRecord,
  findRecord,
  findVerificationState,
  openAlarmsOf,
  Problem,
  revisionsFrom,
  toStanding,
  verificationsOf,
} from '@waymark/store';
import { draft } from '../../packages/services/src/proposals/create.ts';
import { judge } from '../../packages/services/src/proposals/review.ts';
import { submit } from '../../packages/services/src/proposals/submit.ts';
import { sql } from '../support/rawDatabase.ts';
import {
  amend,
  approve,
  buildEntry,
  buildOrganisation,
  enter,
  enterEntry,
  lookedAgain,
  newWorld,
  propose,
  retire,
  type World,
} from '../support/world.ts';

const STARTER = fileURLToPath(new URL('../../data/starter-directory.json', import.meta.url));

/** Repeatable chance. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function take(world: World, proposal: Parameters<typeof draft>[1]): Promise<void> {
  const { id } = await draft(world.as('curator'), { ...proposal, doc: lookedAgain(world, proposal.doc) });
  let receipt = await submit(world.as('curator'), id);
  for (const reviewer of ['reviewer', 'secondReviewer'] as const) {
    if (receipt.state !== 'in-review') return;
    receipt = await judge(world.as(reviewer), id, { decision: 'approve', contentHash: receipt.contentHash });
  }
}

async function loadStarter(world: World): Promise<string[]> {
  const { organisations, entries } = JSON.parse(readFileSync(STARTER, 'utf8')) as {
    organisations: Organisation[];
    entries: Entry[];
  };
  const waiting = [...organisations];
  const known = new Set<string>();
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ parent }) => parent === undefined || known.has(parent));
    const [organisation] = waiting.splice(next, 1);
    known.add(organisation!.id);
    await take(world, { kind: 'create', recordType: 'organisation', doc: organisation });
  }
  for (const doc of entries) await take(world, { kind: 'create', recordType: 'entry', doc });
  return entries.map(({ id }) => id);
}

async function entriesOf({ store }: World): Promise<DirectoryRecord[]> {
  const records: DirectoryRecord[] = [];
  for await (const record of eachRecord(store.read, 'entry')) records.push(record);
  return records;
}

const isCountry = (option: string) => !option.startsWith('001 ');

/** What the pure function says of every entry, from the rows themselves and with sole options counted by hand. */
async function standingsByHand(world: World): Promise<Map<string, EntryStanding>> {
  const { read } = world.store;
  const records = await entriesOf(world);
  const options = new Map(records.map(({ id, doc, state }) => [id, optionsOf({ ...(doc as Entry), state })]));
  const counts = new Map<string, number>();
  for (const own of options.values()) for (const option of own) counts.set(option, (counts.get(option) ?? 0) + 1);
  const standings = new Map<string, EntryStanding>();
  for (const { id, doc, createdAt } of records) {
    const isSoleOption = [...(options.get(id) ?? [])].some((option) => isCountry(option) && counts.get(option) === 1);
    standings.set(
      id,
      standingOf({
        entry: doc as Entry,
        createdAt,
        events: (await verificationsOf(read, id)).map(({ event }) => event),
        changes: factChanges(await revisionsFrom(read, id, 1)),
        alarms: await openAlarmsOf(read, id),
        isSoleOption,
      }),
    );
  }
  return standings;
}

async function expectProjected(world: World, random: () => number): Promise<void> {
  const rows = new Map((await allVerificationStates(world.store.read)).map((row) => [row.recordId, row]));
  const standings = await standingsByHand(world);
  expect([...rows.keys()].sort()).toEqual([...standings.keys()].sort());
  for (const [id, { facts: _facts, ...standing }] of standings) {
    const row = rows.get(id);
    expect(row && toStanding(row), id).toEqual(standing);
    for (let n = 0; n < 3; n += 1) {
      const at = new Date(world.now().getTime() + random() * 700 * 86_400_000).toISOString();
      expect(row && confidenceAt(row, at)).toBe(confidenceAt(standing, at));
      expect(row && dueState(row, at)).toBe(dueState(standing, at));
    }
  }
}

async function raise(world: World, recordId: string, path: string, unsafe: boolean): Promise<string> {
  const alarm = { recordId, path, kind: 'not-found' as const, unsafe, detail: {} };
  // What is raised again, unchanged, leaves no trace; here each says something else.
  const detail = { at: world.newId() };
  return change(world.asSystem('watcher'), 'system', async (door) => (await raiseAlarm(door, { ...alarm, detail })).id);
}

describe('what is kept of verification', () => {
  it('is what the pure function says, for the whole directory at random times through random work, and rebuilds to the same', async () => {
    const world = await newWorld();
    const ids = await loadStarter(world);
    const random = chance(20_260_117);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    await expectProjected(world, random);

    const did: Record<string, number> = {};
    const alarms: string[] = [];
    for (let step = 0; step < 260; step += 1) {
      const id = pick(ids);
      const record = (await findRecord(world.store.read, id))!;
      const entry = record.doc as Entry;
      const dice = random();
      const act =
        dice < 0.55
          ? 'look'
          : dice < 0.7
            ? 'amend'
            : dice < 0.8
              ? 'alarm'
              : dice < 0.86
                ? 'close'
                : dice < 0.92
                  ? 'suspend'
                  : dice < 0.97
                    ? 'retire'
                    : 'return';
      try {
        if (act === 'look') {
          const all = random() < 0.5;
          const facts = factsToCheck(entry);
          const paths = all ? facts : [...new Set([pick(facts), pick(facts)])];
          const outcome = pick<Outcome>(['confirmed', 'confirmed', 'confirmed', 'not-reached', 'contradicted', 'gone']);
          await recordVerification(world.as('curator'), id, {
            revision: record.revision,
            paths: paths.slice(0, 100),
            method: pick(Object.keys(METHODS) as Method[]),
            outcome,
          });
        } else if (act === 'amend') {
          await take(world, { kind: 'update', recordType: 'entry', recordId: id, doc: amended(entry, pick, random) });
        } else if (act === 'alarm') {
          const path = pick(['/names', ...liveChannels(entry).map((c) => `/channels/${c.id}`)]);
          alarms.push(await raise(world, id, path, random() < 0.3));
        } else if (act === 'close') {
          const [alarm = world.newId()] = alarms.splice(Math.floor(random() * alarms.length), 1);
          await closeAlarm(world.as('curator'), alarm, { outcome: 'not-a-problem', note: 'Looked at it' });
        } else if (act === 'suspend') await suspendRecord(world.as('reviewer'), id, { reason: 'wrong', note: '' });
        else if (act === 'retire') {
          const retirement = { reason: 'closed' as const, successors: [], redirect: 'none' as const };
          await take(world, { kind: 'retire', recordType: 'entry', recordId: id, retirement });
        } else {
          const kind = record.state === 'suspended' ? 'lift' : 'restore';
          await take(world, { kind, recordType: 'entry', recordId: id });
        }
        did[act] = (did[act] ?? 0) + 1;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        did[error.refusal.code] = (did[error.refusal.code] ?? 0) + 1;
      }
      if (random() < 0.3) world.wait({ days: Math.ceil(random() * 30) });
      if (step % 20 === 19) await expectProjected(world, random);
    }
    for (const act of ['look', 'amend', 'alarm', 'close', 'suspend', 'retire'])
      expect(did[act], act).toBeGreaterThan(3);

    const before = [await allVerificationStates(world.store.read), await allOptionCounts(world.store.read)];
    expect(await rebuildStanding(world)).toBe(ids.length);
    expect([await allVerificationStates(world.store.read), await allOptionCounts(world.store.read)]).toEqual(before);
  }, 480_000);

  it('makes an entry a sole option when its neighbour leaves, and no longer when one comes back', async () => {
    const world = await newWorld();
    const { id, organisation } = await enterEntry(world, { kind: 'hotline.web' });
    const isSole = async (of: string) => (await findVerificationState(world.store.read, of))?.isSoleOption;
    expect(await isSole(id)).toBe(true);
    const { id: other } = await enterEntry(world, { organisation, kind: 'hotline.web' });
    expect([await isSole(id), await isSole(other)]).toEqual([false, false]);
    expect(await findVerificationState(world.store.read, id)).toMatchObject({ riskClass: 'B' });
    await suspendRecord(world.as('curator'), other, { reason: 'wrong', note: '' });
    expect([await isSole(id), await isSole(other)]).toEqual([true, false]);
    expect(await findVerificationState(world.store.read, id)).toMatchObject({ riskClass: 'A' });
    await take(world, { kind: 'lift', recordType: 'entry', recordId: other });
    expect(await isSole(id)).toBe(false);
    await retire(world, other);
    expect(await isSole(id)).toBe(true);
  });

  it('moves to the entry that stays when two are merged', async () => {
    const world = await newWorld();
    const { id, organisation } = await enterEntry(world, { kind: 'hotline.web' });
    const { id: goes } = await enterEntry(world, { organisation, kind: 'hotline.web' });
    await approve(
      world,
      await propose(world, { kind: 'merge', recordType: 'entry', recordId: id, mergedId: goes, summary: 'One' }),
    );
    const [stays, gone] = [id, goes].map((of) => findVerificationState(world.store.read, of));
    expect([(await stays)?.isSoleOption, (await gone)?.isSoleOption]).toEqual([true, false]);
  });

  it('is written for data that is older than it, and only then', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world);
    const before = await allVerificationStates(world.store.read);
    const generation = world.store.generation();
    await ensureStanding(world);
    expect(world.store.generation()).toBe(generation);
    sql(world, 'delete from verification_state');
    sql(world, 'delete from option_count');
    await ensureStanding(world);
    expect(await allVerificationStates(world.store.read)).toEqual(before);
    expect(before).toMatchObject([{ recordId: id, isSoleOption: true }]);
  });

  it('says of an imported entry that nobody confirmed it', async () => {
    const world = await newWorld();
    const organisation = await enter(world, 'organisation', buildOrganisation());
    const id = await enter(world, 'entry', buildEntry({ organisation }));
    const record = (await findRecord(world.store.read, id))!;
    const row = await findVerificationState(world.store.read, id);
    expect(row).toMatchObject({
      mediumUntil: null,
      expiresAt: null,
      dueAt: record.createdAt,
      remindAt: record.createdAt,
    });
    expect(row && dueState(row, world.now().toISOString())).toBe('due');
  });

  it('loses what was confirmed of a number that changes, and nothing else', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world, { kind: 'hotline.web' });
    const entry = (await findRecord(world.store.read, id))!.doc as Entry;
    await recordVerification(world.as('curator'), id, {
      revision: 1,
      paths: factsToCheck(entry),
      method: 'official-site-check',
      outcome: 'confirmed',
    });
    const now = world.now().toISOString();
    const confidence = async () => {
      const { channels, ...whole } = await standingNow(world.store.read, (await findRecord(world.store.read, id))!);
      return [whole, channels['tel']!, channels['web']!].map((standing) => confidenceAt(standing, now));
    };
    expect(await confidence()).toEqual(['medium', 'medium', 'medium']);
    await amend<Entry>(world, id, (doc) => ({
      ...doc,
      channels: doc.channels.map((c) =>
        c.id === 'tel' ? { ...c, value: { number: { kind: 'e164', digits: '4930999999' } } } : c,
      ),
    }));
    expect(await confidence()).toEqual(['medium', 'none', 'medium']);
  });
});

function amended(entry: Entry, pick: <T>(list: readonly T[]) => T, random: () => number): unknown {
  const sort = random();
  const first = entry.channels[0];
  if (sort < 0.2) return { ...entry, names: { en: { text: `Renamed ${Math.floor(random() * 1000)}` } } };
  if (sort < 0.4)
    return { ...entry, serves: [{ area: pick(['DE', 'FR', 'KE', 'BR', '001']), basis: 'any', strength: 'primary' }] };
  if (sort < 0.6)
    return { ...entry, accepts: { [pick(['grooming', 'csam-url', 'child-help'])]: { answer: pick(['yes', 'no']) } } };
  if (sort < 0.8 && first) {
    const retired = { ...first, retired: { at: '2026-01-01', reason: 'closed' } };
    return {
      ...entry,
      channels: [first.retired ? { ...first, retired: undefined } : retired, ...entry.channels.slice(1)],
    };
  }
  return { ...entry, summary: { en: { text: `Text ${Math.floor(random() * 1000)}` } } };
}
