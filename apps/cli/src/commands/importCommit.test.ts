import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { hashPassword } from '@waymark/services';
import { auditSize, findBatch, listAuditEvents, pageBatches, pageImports, setPasswordHash } from '@waymark/store';
import { inProcess } from '../../../../tests/support/inProcess.ts';
import { temporaryFolder } from '../../../../tests/support/tree.ts';
import { enterEntry, newWorld, type PersonName, type World } from '../../../../tests/support/world.ts';
import { importCommand } from './import.ts';

const PASSWORD = 'a small house by the wide river';
const LIST = [
  'Name,Country,Type,Website,Phone',
  'Helpline of the town,Germany,Child Helpline,https://help.example.org/form,+49 30 7654321',
  'Demo Line Two,France,Child Helpline,https://two.example.org/,+33 1 23 45 67 89',
  ',France,Child Helpline,https://three.example.org/,',
].join('\n');
const EVIDENCE = ['--evidence-kind', 'partner-attestation', '--evidence-title', 'List of the partner'];

async function townWithPasswords(...people: PersonName[]): Promise<World> {
  const world = await newWorld();
  await enterEntry(world, { names: { en: { text: 'Helpline of the town' } }, slug: 'de-town' });
  const hash = await hashPassword(PASSWORD);
  await world.store.transaction(async (tx) => {
    for (const person of people) await setPasswordHash(tx, world.people[person].id, hash, world.newInstant());
  });
  return world;
}

async function fileOf(content: string): Promise<string> {
  const file = join(await temporaryFolder(), 'list.csv');
  await writeFile(file, content);
  return file;
}

async function commit(world: World, as: string, { password = PASSWORD, more = [] as string[] } = {}): Promise<string> {
  vi.stubEnv('WAYMARK_PASSWORD', password);
  try {
    const args = [await fileOf(LIST), '--data', world.dir, '--commit', '--as', as, '--yes', ...EVIDENCE];
    return await inProcess(importCommand(), [...args, '--organisation-type', 'ngo', ...more]);
  } finally {
    vi.unstubAllEnvs();
    process.exitCode = undefined;
  }
}

const rest = { limit: 50, offset: 0 };

/** What stands in the log about imports, batches and proposals; sign-ins apart. */
async function written({ store: { read } }: World): Promise<string[]> {
  const { data } = await listAuditEvents(read, { order: 'desc', limit: 500, offset: 0 });
  return data.map(({ action }) => action).filter((action) => /^(import|batch)\./.test(action));
}

it(
  'makes one batch of a file as the person who signs in, with the same lines in the log',
  { timeout: 120_000 },
  async () => {
    const world = await townWithPasswords('curator');
    const { id, name } = world.people.curator;
    const said = await commit(world, name);
    expect(said).toContain('update of de-town "Helpline of the town"');
    const [batch] = (await pageBatches(world.store.read, rest)).rows;
    expect(said).toContain(`Batch ${batch?.id}`);
    expect(await findBatch(world.store.read, batch?.id ?? '')).toMatchObject({ authorId: id, title: 'list.csv' });
    expect(await written(world)).toEqual(['import.commit', 'batch.create', 'import.upload']);
    const { data } = await listAuditEvents(world.store.read, { order: 'desc', limit: 500, offset: 0 });
    expect(
      data.filter(({ action }) => action.startsWith('user.sign')).map(({ action, actor }) => [action, actor]),
    ).toEqual([
      ['user.sign-out', id],
      ['user.sign-in', id],
    ]);
  },
);

it(
  'writes nothing with a wrong password, without the right to propose, or while a server uses the data',
  { timeout: 120_000 },
  async () => {
    const world = await townWithPasswords('curator', 'admin');
    const { curator, admin } = world.people;
    await expect(commit(world, curator.email, { password: 'a guess' })).rejects.toThrow(/password/i);
    await expect(commit(world, admin.email)).rejects.toThrow('Your role does not allow this');
    await expect(commit(world, 'Nobody of that name')).rejects.toThrow('Nobody is called');
    await expect(commit(world, curator.email, { more: ['--profile', 'no such'] })).rejects.toThrow(
      'no profile of that name',
    );
    const size = await auditSize(world.store.read);
    await writeFile(`${world.file}.lock`, String(process.ppid));
    await expect(commit(world, curator.email)).rejects.toThrow(/uses .* already; stop it first/);
    expect(await auditSize(world.store.read)).toBe(size);
    expect((await pageBatches(world.store.read, rest)).total).toBe(0);
    expect((await pageImports(world.store.read, rest)).rows.map(({ state }) => state)).toEqual(['discarded']);
  },
);
