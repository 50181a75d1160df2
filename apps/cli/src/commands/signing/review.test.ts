import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { prepareSnapshot } from '@waymark/services';
import { holdCeremony } from '../../../../../tests/support/ceremony.ts';
import { TAMPERED } from '../../../../../tests/support/doctored/forms.ts';
import { editBytes } from '../../../../../tests/support/doctoring.ts';
import { inProcess } from '../../../../../tests/support/inProcess.ts';
import { takeBundle, type Unpacked } from '../../../../../tests/support/signing.ts';
import { enterEntry, newWorld } from '../../../../../tests/support/world.ts';
import { reviewCommand } from './review.ts';

afterEach(() => {
  process.exitCode = undefined;
});

it('ends with code 1 and names the database, when that holds another number than the directory', async () => {
  const world = await newWorld();
  const { publishing } = await holdCeremony(world);
  await enterEntry(world);
  const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
  const bundle = await takeBundle(world, publishing, sequence);
  const root = join(publishing.repoDir, 'metadata/1.root.json');
  // A person answers for the first day; what is refused beyond that, nobody can answer for.
  const reviewed = async (name: string) => {
    const folder = await written(bundle, join(world.dir, name));
    const run = (...confirm: string[]) =>
      inProcess(reviewCommand(), [folder, '--memory', join(world.dir, 'memory'), '--root', root, ...confirm]);
    const [, words = ''] = /--confirm "(firstUse:[^"]+)"/.exec(await run()) ?? [];
    process.exitCode = undefined;
    const said = await run('--confirm', words);
    return { said, exitCode: process.exitCode };
  };

  expect((await reviewed('honest')).exitCode).toBeUndefined();
  const [database, edit] = TAMPERED.find(([path]) => path.endsWith('.sqlite'))!;
  editBytes(bundle, database, edit);
  const { said, exitCode } = await reviewed('doctored');
  expect(exitCode).toBe(1);
  expect(said).toContain(
    `Another form of the directory holds something else than the directory\n    ${database}, as it is made here`,
  );
});

async function written(bundle: Unpacked, folder: string): Promise<string> {
  for (const [path, bytes] of bundle) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  return folder;
}
