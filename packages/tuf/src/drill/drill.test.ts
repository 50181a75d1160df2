import { describe, expect, it } from 'vitest';
import { filesIn, newKeyring, newTree, now, publish } from '../testing.ts';
import { drill } from './drill.ts';

const emergencies = [
  'A root holder loses their key',
  'A holder of a targets key loses it',
  'The online keys are stolen, and the thief sends apps far ahead',
  'One targets key and the whole server are stolen, and the thief changes a number',
  'The root has expired unnoticed',
];

describe('a drill', () => {
  it('rehearses every emergency as the tree is built, and changes nothing in it', async () => {
    const tree = await newTree({ ring: newKeyring(3), threshold: 2, profile: 'production' });
    await publish(tree, 'true numbers');
    const before = await filesIn(tree.dir);
    const said: string[] = [];
    expect(await drill({ dir: tree.dir, now, say: (line) => said.push(line) })).toEqual(emergencies);
    expect(await filesIn(tree.dir)).toEqual(before);
    const text = said.join('\n');
    expect(text).toContain('2 files and 3 holders of whom 2 must sign');
    for (const refusal of ['rollback', 'signature-invalid', 'expired']) expect(text).toContain(`refused (${refusal})`);
    expect(text.match(/after root 2: verified, root 2/g)).toHaveLength(5);
  });

  it('can be tried on a demo, as if it had three people', async () => {
    const tree = await newTree();
    const said: string[] = [];
    await drill({ dir: tree.dir, now, say: (line) => said.push(line) });
    expect(said.join('\n')).toContain('nothing begins with fewer than 2 of 3');
  });
});
