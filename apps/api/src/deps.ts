import type { BlockList } from 'node:net';
import type { IncomingMessage } from 'node:http';
import type { Context as HonoContext } from 'hono';
import type { Logger } from 'pino';
import { refuse } from '@waymark/domain';
import type { PublicLog, Publishing } from '@waymark/services';
import { Problem, sha256Hex, type Context, type Post, type SessionRow, type Store } from '@waymark/store';
import type { Metrics } from './metrics.ts';
import type { Sessions } from './session.ts';

/** What the application is given; tests give a fresh database and their own clock. */
export type Deps = {
  store: Store;
  now: () => Date;
  newId: () => string;
  profile: 'demo' | 'production';
  /** Origins a change may come from, exactly (SECURITY F7). The first is the address we give out. */
  origins: readonly [string, ...string[]];
  version: string;
  /** Folder of the built admin. */
  adminDir: string;
  /** Folder of the built public pages; without it there are none. */
  pagesDir?: string | undefined;
  trustedProxies: BlockList;
  log: Logger;
  /** The public tree and who signs it; publishing is off while its keys are missing. */
  publishing: Publishing;
  /** The audit log as outsiders see it, and who signs its heads. */
  publicLog: PublicLog;
  /** That letters can be asked for; absent while mail is off. */
  post?: Post | undefined;
  /** What the watcher shows to be let in; absent while it is off. */
  watchToken?: string | undefined;
  /** The disk lied or the file is damaged: stop rather than go on (SECURITY F10). */
  failStop: (error: unknown) => void;
};

export type AppEnv = {
  /** The socket's side of a request; absent when tests call the app directly. */
  Bindings: { incoming?: IncomingMessage };
  Variables: {
    deps: Deps;
    sessions: Sessions;
    metrics: Metrics;
    requestId: string;
    /** Text of the body of a change, read within its limit. */
    bodyText: string;
    /** Who asks; set by the guard of every operation that is not public. */
    person: SessionRow | undefined;
  };
};
export type AppContext = HonoContext<AppEnv>;

/** Printable ASCII, as RFC 9110 tokens and quoted strings are; long enough for any UUID. */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * What a verb is given for this request: who, when, and the idempotency key bound to this very request.
 * @throws Problem `not-signed-in` on a public operation; `input-invalid` for a malformed Idempotency-Key
 */
export function contextOf(c: AppContext): Context {
  const { store, now, newId, post } = c.var.deps;
  if (!c.var.person) throw new Problem(refuse('not-signed-in'));
  const ctx: Context = { store, now, newId, actorId: c.var.person.actor.id, post };
  const key = c.req.header('idempotency-key');
  if (key === undefined || c.req.method === 'GET') return ctx;
  if (!IDEMPOTENCY_KEY.test(key))
    throw new Problem(refuse('input-invalid', 'Idempotency-Key takes 1 to 200 printable ASCII characters'));
  const request = [c.req.method, c.req.path, c.req.header('if-match') ?? '', c.var.bodyText].join('\n');
  return { ...ctx, idempotency: { key, requestHash: sha256Hex(request) } };
}
