import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { endSession, findRoot, newId, signIn, startSession } from '@waymark/services';
import { findInstance, listUsers, openStore, type Context, type Reader } from '@waymark/store';
import { askPassword } from './ask.ts';

/** Attempts at the console are throttled together, as those from one network are. */
const NETWORK = 'console';

/** A session of the command line ends with the command; this only bounds one that was killed. */
const LONGEST_MS = 12 * 3_600_000;

/**
 * Does something in an installation as a person who proves who they are, as in the admin: the same sign-in with its throttle, a session, and
 * the same lines in the log. The server must be stopped: one process writes.
 * @param dir data folder
 * @param as mail address or name of the person
 * @throws Error without a database, while the server runs, or when nobody or more than one is called so
 * @throws Problem wrong-credentials, too-many-attempts
 */
export async function signedIn<T>(dir: string, as: string, work: (ctx: Context) => Promise<T>): Promise<T> {
  const file = join(resolve(dir), 'waymark.sqlite');
  if (!existsSync(file)) throw new Error(`There is no database in ${resolve(dir)}; name the data folder with --data`);
  const store = openStore({ file, migrations: join(findRoot(), 'drizzle') });
  try {
    if (!(await findInstance(store.read))) throw new Error(`No installation was set up in ${resolve(dir)}`);
    const door = { store, now: () => new Date(), newId };
    const email = await emailOf(store.read, as);
    const { userId } = await signIn(door, { email, password: await askPassword(email), network: NETWORK });
    const ctx: Context = { ...door, actorId: userId };
    const token = randomBytes(32).toString('base64url');
    await startSession(ctx, { token, expiresAt: new Date(ctx.now().getTime() + LONGEST_MS), by: 'password' });
    try {
      return await work(ctx);
    } finally {
      await endSession(ctx, token);
    }
  } finally {
    store.close();
  }
}

async function emailOf(read: Reader, as: string): Promise<string> {
  if (as.includes('@')) return as;
  const { data } = await listUsers(read, { q: as, sort: 'name', limit: 10_000, offset: 0 });
  const called = data.filter(({ name }) => name.toLowerCase() === as.trim().toLowerCase());
  const [person] = called;
  if (person && called.length === 1) return person.email;
  throw new Error(
    called.length === 0
      ? `Nobody is called "${as}"; see waymark user list`
      : `More than one person is called "${as}": give the mail address`,
  );
}
