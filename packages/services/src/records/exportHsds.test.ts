import { describe, expect, it } from 'vitest';
import type { Entry, Organisation } from '@waymark/domain';
import { read, readyDirectory, understand } from '@waymark/import';
import { findRecord } from '@waymark/store';
import { buildOrganisation, enter, enterEntry, newWorld, retire, type World } from '../../../../tests/support/world.ts';
import { exportHsdsPackage, exportHsdsPage } from './exportHsds.ts';

/** Smaller than any list, so that what is shared comes up in several portions. */
const AT_ONCE = 1;

async function page(world: World, query = {}): Promise<Uint8Array> {
  let text = '';
  for await (const piece of exportHsdsPage(world.as('curator'), query, AT_ONCE)) text += piece;
  return Buffer.from(text);
}

async function tables(world: World, query = {}): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of exportHsdsPackage(world.as('curator'), query, AT_ONCE)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe.each([
  ['page', page],
  ['package of tables', tables],
])('a list as a %s of HSDS', (_, write) => {
  it('holds the filtered entries with who runs them, and says nothing new when it comes back', async () => {
    const world = await newWorld();
    const organisation = await enter(world, 'organisation', buildOrganisation());
    const ids = [];
    for (let n = 0; n < 3; n += 1) ids.push((await enterEntry(world, { organisation })).id);
    await enterEntry(world, { serves: [{ area: 'FR', basis: 'any', strength: 'primary' }] });
    const docs = await Promise.all(ids.map(async (id) => (await findRecord(world.store.read, id))!.doc as Entry));
    const owner = (await findRecord(world.store.read, organisation))!.doc as Organisation;

    const { source, refusal } = await read(await write(world, { country: 'DE' }));
    expect(refusal).toBeUndefined();
    const outcomes = understand(
      source!,
      { columns: [], constants: {}, options: {} },
      readyDirectory({ entries: docs, organisations: [owner] }),
    );
    expect(outcomes.map((outcome) => [outcome.action, 'of' in outcome && outcome.of])).toEqual(
      docs.map(({ id }) => ['duplicate', id]),
    );
  });

  it('leaves out what is out of sight, and what its curators keep out of HSDS or of every snapshot', async () => {
    const world = await newWorld();
    const { id } = await enterEntry(world);
    await enterEntry(world, { publishTo: { hsds: false } });
    await enterEntry(world, { publishTo: { snapshot: false } });
    await retire(world, (await enterEntry(world)).id);
    const { source } = await read(await write(world));
    expect(source?.rows.map(({ doc }) => (doc as { id?: string }).id)).toEqual([id]);
  });

  it('of nothing is whole too', async () => {
    const { refusal } = await read(await write(await newWorld()));
    expect(refusal).toMatchObject({ code: 'file-empty' });
  });
});
