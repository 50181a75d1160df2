import { describe, expect, it } from 'vitest';
import { repositoryStatus } from './status.ts';
import { codeOf, later, newKeyring, newTree, now, publish, tempDir } from './testing.ts';

describe('repositoryStatus', () => {
  it('shows versions, dates, keys and thresholds of every role', async () => {
    const ring = newKeyring(3);
    const tree = await newTree({ ring, threshold: 2, profile: 'production' });
    await publish(tree, 'one');
    await publish(tree, 'two');
    const status = await repositoryStatus({ dir: tree.dir, now: later(12) });
    expect(status).toMatchObject({
      assurance: 'threshold',
      distrusted: [],
      leftovers: [],
      roles: {
        root: { version: 1, threshold: 2, state: 'ok', daysLeft: 364.5, keyids: ring.root.map((s) => s.keyid) },
        targets: { version: 2, threshold: 2, state: 'ok', daysLeft: 119.5 },
        snapshotRole: { version: 2, threshold: 1, state: 'ok', daysLeft: 29.5, keyids: [ring.snapshotRole.keyid] },
        timestamp: { version: 2, threshold: 1, state: 'ok', daysLeft: 2.5, signedAt: now.toISOString() },
      },
    });
  });

  it('raises the alarm before a date passes, and says when it has', async () => {
    const tree = await newTree();
    await publish(tree, 'one');
    const stateAt = async (hours: number) => {
      const { roles } = await repositoryStatus({ dir: tree.dir, now: later(hours) });
      return [roles.root.state, roles.targets.state, roles.snapshotRole.state, roles.timestamp.state];
    };
    expect(await stateAt(24)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(await stateAt(25)).toEqual(['ok', 'ok', 'ok', 'alarm']);
    expect(await stateAt(72)).toEqual(['ok', 'ok', 'ok', 'expired']);
    expect(await stateAt(21 * 24)).toEqual(['ok', 'ok', 'alarm', 'expired']);
    expect(await stateAt(119 * 24)).toEqual(['ok', 'alarm', 'expired', 'expired']);
    expect(await stateAt(300 * 24)).toEqual(['alarm', 'expired', 'expired', 'expired']);
  });

  it('calls one key enough for root or targets a demo, and knows a tree with nothing published', async () => {
    const { dir } = await newTree();
    const { assurance, roles } = await repositoryStatus({ dir, now });
    expect(assurance).toBe('demo');
    expect(roles.root.state).toBe('ok');
    expect(roles.timestamp).toMatchObject({ version: 0, state: 'unpublished', threshold: 1 });
    expect(roles.timestamp.expires).toBeUndefined();
  });

  it('refuses an empty directory', async () => {
    expect(await codeOf(repositoryStatus({ dir: await tempDir(), now }))).toBe('tree-has-no-root');
  });
});
