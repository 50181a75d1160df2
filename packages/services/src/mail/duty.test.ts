// Everybody on duty hears of an unsafe entry, and finds it in their queue.
import { expect, it } from 'vitest';
import { dueMail } from '@waymark/store';
import { enterEntry, newWorld } from '../../../../tests/support/world.ts';
import { showQueue } from '../queue/show.ts';
import { suspendRecord } from '../records/suspend.ts';

const post = { origin: 'https://directory.example.org' };

it('writes to everybody who reviews, publishes or administers, but for who did it', async () => {
  const world = await newWorld();
  const { id } = await enterEntry(world);
  await suspendRecord({ ...world.as('reviewer'), post }, id, {
    reason: 'unsafe',
    note: 'number answered by a stranger',
  });
  const letters = await dueMail(world.store.read, world.now().toISOString(), 100);
  const { people } = world;
  expect(new Set(letters.map(({ recipient }) => recipient))).toEqual(
    new Set(
      [
        people.secondReviewer,
        people.thirdReviewer,
        people.publisher,
        people.secondPublisher,
        people.admin,
        people.secondAdmin,
        people.everything,
      ].map(({ email }) => email),
    ),
  );
  for (const { kind, subject, body } of letters) {
    expect(kind).toBe('duty');
    expect(subject).toMatch(/^Unsafe: Helpline /);
    expect(body).toContain(`https://directory.example.org/#/entries/${id}/show`);
    expect(body).not.toContain('stranger');
  }
  expect((await showQueue(world.as('publisher'))).map(({ kind }) => kind)).toContain('suspension');
});

it('writes nothing for another reason, while mail is off, and when the suspension is refused', async () => {
  const world = await newWorld();
  const { id } = await enterEntry(world);
  await expect(
    suspendRecord({ ...world.as('visitor'), post }, id, { reason: 'unsafe', note: '' }),
  ).rejects.toMatchObject({ refusal: { code: 'not-permitted' } });
  await suspendRecord({ ...world.as('reviewer'), post }, id, { reason: 'closed', note: '' });
  const second = await enterEntry(world);
  await suspendRecord(world.as('reviewer'), second.id, { reason: 'unsafe', note: '' });
  await expect(
    suspendRecord({ ...world.as('reviewer'), post }, second.id, { reason: 'unsafe', note: '' }),
  ).rejects.toMatchObject({ refusal: { code: 'record-not-active' } });
  expect(await dueMail(world.store.read, world.now().toISOString(), 100)).toEqual([]);
});
