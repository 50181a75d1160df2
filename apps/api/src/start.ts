import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import {
  collectSnapshots,
  createInstance,
  createMailer,
  currentSnapshot,
  deliverMail,
  deliverSnapshots,
  deliverWebhooks,
  ensureStanding,
  forgetImports,
  issueSetUpToken,
  newId,
  openPublicLog,
  openPublishing,
  publishLog,
  purgeCorrections,
  readDestinations,
  recordDayFigures,
  remindOfWindow,
  remindOutreach,
  resignStaging,
  resumePublishing,
  sendDigests,
  snapshotStatus,
  sweepSessions,
  takeRoot,
  writeStaticParts,
  type Destination,
  type Mailer,
  type PublicLog,
  type Publishing,
  type PublishingWarning,
} from '@waymark/services';
import { createResolve } from '@waymark/egress';
import { openStore, type Context, type Store } from '@waymark/store';
import { createApp } from './app.ts';
import { fillDemo } from './demo.ts';
import { demoOrigins, EnvironmentProblem, LOOPBACK, type Settings } from './environment.ts';
import { startJobs, type Job } from './jobs.ts';
import { createMetrics } from './metrics.ts';
import { listen } from './server.ts';

export type Running = {
  /** The address people type. */
  url: string;
  port: number;
  /** Finishes what is running, within ten seconds, and closes the database. */
  stop(): Promise<void>;
};

/**
 * Opens everything and listens.
 * @param say tells the person at the console; @param failStop what to do when the disk cannot be trusted any more
 * @throws Error with a sentence for the console: address taken, data of another profile, data in use
 */
export async function start(
  settings: Settings,
  options: { root: string; say: (words: string) => void; failStop: (error: unknown) => void },
): Promise<Running> {
  const { root, say, failStop } = options;
  const log = pino({ level: settings.logLevel });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const store = openStore({ file: settings.databaseFile, migrations: join(root, 'drizzle') });
  try {
    const ctx = { store, now: () => new Date(), newId };
    await createInstance(ctx, settings.profile);
    await ensureStanding(ctx);
    const deliveryDir = join(settings.dataDir, 'delivery');
    const destinations = await openDestinations(settings, deliveryDir);
    const publishing = await openPublishing({ ...settings, destinations }, ctx.now());
    const publicLog = await openPublicLog(settings);
    if (settings.profile === 'demo') await fillDemo(ctx, publishing, root, say);
    const listening = await listen(settings, (port) =>
      createApp(
        {
          ...ctx,
          profile: settings.profile,
          origins: originsOf(settings, port),
          version,
          publishing,
          publicLog,
          post: settings.mail === null ? undefined : { origin: originsOf(settings, port)[0] },
          adminDir: join(root, 'apps/admin/dist'),
          pagesDir: join(root, 'apps/pages/dist'),
          trustedProxies: settings.trustedProxies,
          watchToken: settings.watchToken,
          log,
          failStop,
        },
        createMetrics({ process: true }),
      ),
    );
    const url = originsOf(settings, listening.port)[0];
    const mailer = settings.mail === null ? undefined : createMailer(settings.mail);
    const leaving = new AbortController();
    const jobs = startJobs(
      [
        // With post: that the urgent list has to be signed anew is told by letter.
        ...jobsOf(mailer ? { ...ctx, post: { origin: url } } : ctx, publishing, settings, log),
        rootJob(publishing, log),
        logJob(ctx, publicLog),
        ...deliveryJobs(ctx, publishing, deliveryDir),
        ...mailJobs(ctx, publishing, url, mailer, leaving.signal),
        ...webhookJobs(ctx, settings.profile, leaving.signal),
      ],
      ctx,
      log,
    );
    await announce(ctx, settings, { publishing, publicLog }, { url, say });
    return {
      url,
      port: listening.port,
      async stop() {
        leaving.abort();
        await stop(store, listening, jobs);
        mailer?.close();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

/** @throws EnvironmentProblem, DestinationProblem naming the field at fault and the fix */
async function openDestinations(settings: Settings, deliveryDir: string): Promise<Destination[]> {
  if (settings.destinationsFile === undefined) return [];
  const destinations = await readDestinations(settings.destinationsFile, deliveryDir, process.env);
  const outside = destinations.find(({ url }) => !LOOPBACK.includes(new URL(url).hostname.replace(/^\[|\]$/g, '')));
  // One click signs it, so nobody outside may come to rely on it.
  if (settings.profile === 'demo' && outside)
    throw new EnvironmentProblem([
      `WAYMARK_DESTINATIONS: the demo copies to addresses of this machine only; ${outside.name} is none`,
    ]);
  return destinations;
}

function originsOf(settings: Settings, port: number): [string, ...string[]] {
  if (settings.origin !== undefined) return [settings.origin];
  const own = demoOrigins(port);
  return settings.devOrigin === undefined ? own : [settings.devOrigin, ...own];
}

/** Copies of the public tree. None while there are no destinations. */
function deliveryJobs(ctx: Omit<Context, 'actorId'>, publishing: Publishing, deliveryDir: string): Job[] {
  if (publishing.destinations.length === 0) return [];
  // Four times a minute, since an emergency removal waits for it; it costs nothing where nothing is new.
  return [{ name: 'delivery', everyMinutes: 0.25, run: () => deliverSnapshots(ctx, publishing, deliveryDir) }];
}

function jobsOf(
  ctx: Omit<Context, 'actorId'>,
  publishing: Publishing,
  { dataDir }: Pick<Settings, 'dataDir'>,
  log: Logger,
): Job[] {
  return [
    {
      name: 'snapshots',
      everyMinutes: 60,
      async run() {
        const { problems } = await resumePublishing(ctx, publishing);
        for (const problem of problems)
          log.error({ job: 'snapshots', err: { message: String(problem) } }, 'publishing needs a look');
      },
    },
    {
      name: 'retention',
      everyMinutes: 24 * 60,
      async run() {
        const { repoDir } = publishing;
        if (!(await currentSnapshot(repoDir))) return;
        await collectSnapshots(ctx.store.read, { repoDir, dataDir, now: ctx.now(), dryRun: false });
      },
    },
    // As often as the log: what is beside the signed files follows them within a minute.
    { name: 'static-parts', everyMinutes: 1, run: () => writeStaticParts(publishing) },
    { name: 'staging', everyMinutes: 60, run: () => resignStaging(ctx, publishing) },
    { name: 'corrections', everyMinutes: 60, run: () => purgeCorrections(ctx) },
    { name: 'imports', everyMinutes: 60, run: () => forgetImports(ctx) },
    { name: 'sessions', everyMinutes: 60, run: () => sweepSessions(ctx) },
    // Hourly: the last run of a day says how it ended, also when the process was down at midnight.
    { name: 'day-figures', everyMinutes: 60, run: () => recordDayFigures(ctx) },
  ];
}

/** A root published beside the running server is in use within a minute, and not only when somebody publishes next. */
function rootJob(publishing: Publishing, log: Logger): Job {
  let told: string | null = null;
  return {
    name: 'root',
    everyMinutes: 1,
    async run() {
      const taken = await takeRoot(publishing);
      const { rootVersion, notTaken } = publishing;
      if (taken === 'taken') log.info({ job: 'root', rootVersion }, 'a new root is in use');
      if (notTaken !== null && notTaken !== told)
        log.error({ job: 'root', rootVersion, notTaken }, 'kept the old root');
      told = notTaken;
    },
  };
}

/** Outsiders get a new head within a minute of an event, and none while nothing happens (SNAPSHOTS §4.10). */
function logJob(ctx: Omit<Context, 'actorId'>, publicLog: PublicLog): Job {
  return { name: 'log', everyMinutes: 1, run: () => publishLog(ctx, publicLog) };
}

/** Letters: reminders and digests put them into the outbox, delivery takes them out. None while mail is off. */
function mailJobs(
  ctx: Omit<Context, 'actorId'>,
  publishing: Publishing,
  origin: string,
  mailer: Mailer | undefined,
  leaving: AbortSignal,
): Job[] {
  if (!mailer) return [];
  const withPost = { ...ctx, post: { origin } };
  return [
    { name: 'mail', everyMinutes: 1, run: () => deliverMail(withPost, mailer, leaving) },
    // Hourly, though each step is due once in days: a process that was down catches up soon.
    { name: 'outreach', everyMinutes: 60, run: () => remindOutreach(withPost) },
    { name: 'digest', everyMinutes: 60, run: () => sendDigests(withPost) },
    { name: 'window', everyMinutes: 60, run: () => remindOfWindow(withPost, publishing) },
  ];
}

/** Every minute: an urgent withdrawal must not wait for the hour. A demo tells nobody, since it says that nothing leaves it. */
function webhookJobs(ctx: Omit<Context, 'actorId'>, profile: Settings['profile'], leaving: AbortSignal): Job[] {
  if (profile === 'demo') return [];
  const courier = { resolve: createResolve([]) };
  return [{ name: 'webhooks', everyMinutes: 1, run: () => deliverWebhooks(ctx, courier, leaving) }];
}

async function announce(
  ctx: Omit<Context, 'actorId'>,
  { profile }: Settings,
  { publishing, publicLog }: { publishing: Publishing; publicLog: Pick<PublicLog, 'off'> },
  { url, say }: { url: string; say: (words: string) => void },
): Promise<void> {
  say(`Waymark (${profile}) is ready: ${url}`);
  if (profile === 'demo')
    say('Sign in by choosing one of the demo people; no password. This is a demo: it answers this machine only.');
  if (publishing.off !== null) say(`Publishing is off: ${publishing.off}`);
  await sayWarnings(ctx, publishing, say);
  if (publicLog.off !== null) say(`The audit log is not published: ${publicLog.off}`);
  const setUp = profile === 'production' ? await issueSetUpToken(ctx) : undefined;
  if (setUp) {
    say(
      'Nobody can sign in yet. Create the first two admins with this token, within 30 minutes (a restart gives a new one):',
    );
    say(`  ${url}/#/setup`);
    say(`  ${setUp.token}`);
  }
}

/** What nobody would see on a machine without a screen, with what to type about it. */
async function sayWarnings(
  ctx: Pick<Context, 'now'>,
  publishing: Publishing,
  say: (words: string) => void,
): Promise<void> {
  const { warnings } = await snapshotStatus(ctx, publishing).catch(() => ({ warnings: [] }));
  for (const { code, detail, commands } of warnings) {
    say(`${WARNING_WORDS[code]}${detail === null ? '' : ` (${detail})`} Type:`);
    for (const command of commands) say(`  ${command}`);
  }
}

const WARNING_WORDS: Record<PublishingWarning['code'], string> = {
  'versions-far-ahead': 'A stolen server key sends apps far ahead: nothing is signed until a root replaces both.',
  'root-not-taken': 'What lies on disk is not in use: it would be refused at a start.',
  'no-urgent-lane':
    'There is no urgent lane: an unsafe entry stays visible in apps until two people sign a snapshot. Make a key for each person on duty and name them under `urgent` in signing-policy.json in the data folder; the next snapshot brings it in.',
};

async function stop(
  store: Store,
  listening: { close(): Promise<void> },
  jobs: { stop(): Promise<void> },
): Promise<void> {
  await Promise.all([listening.close(), jobs.stop()]);
  store.close();
}
