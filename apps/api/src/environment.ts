import { BlockList, isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { EmailAddress, isKeyName, LogDefect, parseVerifierKey, SIGNATURE, type VerifierKey } from '@waymark/domain';
import { defaultLogOrigin, type MailSettings } from '@waymark/services';

/** A variable is missing or wrong. The message names it and says what to write: it is for the console, not for a log. */
export class EnvironmentProblem extends Error {
  constructor(lines: readonly string[]) {
    super(`The configuration needs a look:\n${lines.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'EnvironmentProblem';
  }
}

/** Names of this machine. */
export const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

const Port = z.coerce
  .number({ error: 'write a port number, for instance PORT=8080' })
  .int({ error: 'write a whole port number, for instance PORT=8080' })
  .min(0, { error: 'ports begin at 1 (0 takes any free one)' })
  .max(65_535, { error: 'ports end at 65535' })
  .default(8080);

const LogLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
  error: 'write one of trace, debug, info, warn, error, fatal, silent',
});

const Origin = z
  .string({ error: 'write the address people type, for instance WAYMARK_ORIGIN=https://directory.example.org' })
  .refine((text) => URL.canParse(text) && new URL(text).origin === text && text.startsWith('https://'), {
    error:
      'write scheme, host and port only, with https and no slash at the end, for instance https://directory.example.org',
  });

const TrustedProxies = z
  .string()
  .default('')
  .transform((text, context) => {
    const proxies = new BlockList();
    for (const part of text
      .split(',')
      .map((p) => p.trim())
      .filter(Boolean)) {
      const [address = '', prefix, ...rest] = part.split('/');
      const family = isIP(address);
      const bits = prefix === undefined ? (family === 6 ? 128 : 32) : Number(prefix);
      if (family === 0 || rest.length > 0 || !Number.isInteger(bits) || bits < 0 || bits > (family === 6 ? 128 : 32)) {
        context.addIssue(
          `${part} is no address or range; write for instance 10.0.0.5 or 10.0.0.0/8, with commas between`,
        );
        return z.NEVER;
      }
      proxies.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4');
    }
    return proxies;
  });

/** An empty variable counts as absent: that is what unset lines of an env file become. */
const optionalText = z
  .string()
  .optional()
  .transform((text) => (text === '' ? undefined : text));

const SMTP_SCHEMES = ['smtp:', 'smtps:'];
const isSmtpUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash } = new URL(text);
  return SMTP_SCHEMES.includes(protocol) && hostname !== '' && /^\/?$/.test(pathname) && search === '' && hash === '';
};

const SmtpUrl = optionalText.refine((text) => text === undefined || isSmtpUrl(text), {
  error:
    'write scheme, user, password, host and port of the mail server only, for instance smtps://user:password@mail.example.org:465 (in user and password, write %40 for @ and %3A for :)',
});

/** `directory@example.org`, or `Waymark <directory@example.org>`. */
const MailFrom = optionalText.transform((text, context) => {
  if (text === undefined) return undefined;
  const [, name = '', inBrackets] = /^([^<>"@\p{Cc}]{0,80})<([^<>]+)>$/u.exec(text) ?? [];
  const address = EmailAddress.safeParse(inBrackets ?? text).data;
  if (address !== undefined) return { name: name.trim() || 'Waymark', address };
  context.addIssue('write one address, for instance directory@example.org or Waymark <directory@example.org>');
  return z.NEVER;
});

const MAIL = { WAYMARK_SMTP_URL: SmtpUrl, WAYMARK_MAIL_FROM: MailFrom };

const WatchToken = optionalText.refine((text) => text === undefined || /^[\x21-\x7e]{32,200}$/.test(text), {
  error: 'write at least 32 characters, for instance what `openssl rand -hex 32` prints; without it the watcher is off',
});

/** A reader of notes must take 16 signatures and may stop there (c2sp.org/signed-note); one is the log's own. */
const MOST_WITNESSES = 15;

/** Verifier keys have no spaces, so these separate them. */
const LogWitnesses = z
  .string()
  .default('')
  .transform((text, context) => {
    try {
      const keys = text.split(/\s+/).filter(Boolean).map(parseVerifierKey);
      const ids = new Set(keys.map(({ keyId }) => keyId));
      const isFine = keys.length <= MOST_WITNESSES && keys.every(({ type }) => type === SIGNATURE.cosignature);
      if (isFine && ids.size === keys.length) return keys;
    } catch (error) {
      if (!(error instanceof LogDefect)) throw error;
    }
    context.addIssue(
      `write the cosigning keys of at most ${MOST_WITNESSES} witnesses with spaces between, each as \`waymark witness\` prints it: name+id+base64`,
    );
    return z.NEVER;
  });

/** Name and key are for ever: another name or key is another log to everybody who watches it. */
const LOG = {
  WAYMARK_LOG_WITNESSES: LogWitnesses,
  WAYMARK_LOG_ORIGIN: optionalText.refine((text) => text === undefined || isKeyName(text), {
    error: 'write a name without spaces and plus, for instance directory.example.org/log',
  }),
  WAYMARK_LOG_KEY: optionalText.refine((text) => text === undefined || /^[0-9a-f]{64}$/i.test(text), {
    error:
      'write 64 hexadecimal digits, for instance what `openssl rand -hex 32` prints; without it a key file is made',
  }),
};

const OnOff = optionalText
  .refine((text) => text === undefined || text === 'on' || text === 'off', { error: 'write on or off' })
  .transform((text) => text === 'on');

const Demo = z.object({
  WAYMARK_DESTINATIONS: optionalText,
  WAYMARK_BY_COUNTRY: OnOff,
  WAYMARK_WATCH_TOKEN: WatchToken,
  ...LOG,
  ...MAIL,
  WAYMARK_SMTP_URL: SmtpUrl.refine(
    (text) => !text || LOOPBACK.includes(new URL(text).hostname.replace(/^\[|\]$/g, '')),
    {
      error:
        'the demo writes to nobody outside; name a mail server of this machine, for instance smtp://127.0.0.1:2525',
    },
  ),
  WAYMARK_PROFILE: z.literal('demo'),
  HOST: z
    .enum(LOOPBACK as [string], {
      error: 'the demo signs everybody in without a password, so it listens on 127.0.0.1 only; remove HOST',
    })
    .default('127.0.0.1'),
  PORT: Port,
  WAYMARK_DATA: optionalText,
  WAYMARK_REPO_DIR: optionalText,
  WAYMARK_LOG_LEVEL: LogLevel.default('warn'),
  WAYMARK_DEV_ORIGIN: z
    .string()
    .regex(/^http:\/\/(127\.0\.0\.1|localhost):\d{1,5}$/, {
      error: 'write an origin of this machine, for instance http://127.0.0.1:8080',
    })
    .optional(),
  WAYMARK_TRUSTED_PROXIES: z
    .string()
    .optional()
    .refine((text) => !text, {
      error: 'the demo answers this machine only, so no proxy is trusted; remove it',
    }),
});

const Production = z.object({
  WAYMARK_DESTINATIONS: optionalText,
  WAYMARK_BY_COUNTRY: OnOff,
  WAYMARK_WATCH_TOKEN: WatchToken,
  ...LOG,
  ...MAIL,
  WAYMARK_PROFILE: z.literal('production'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: Port,
  WAYMARK_ORIGIN: Origin,
  WAYMARK_DATA: z
    .string({ error: 'name the folder for database and keys, for instance WAYMARK_DATA=/var/lib/waymark' })
    .min(1, { error: 'name the folder for database and keys, for instance WAYMARK_DATA=/var/lib/waymark' }),
  WAYMARK_REPO_DIR: optionalText,
  WAYMARK_KEYS_DIR: optionalText,
  WAYMARK_KEY_PASSPHRASE: optionalText,
  WAYMARK_KEY_PASSPHRASE_FILE: optionalText,
  WAYMARK_SNAPSHOT_KEY: optionalText,
  WAYMARK_TIMESTAMP_KEY: optionalText,
  WAYMARK_TRUSTED_PROXIES: TrustedProxies,
  WAYMARK_LOG_LEVEL: LogLevel.default('info'),
});

const Environment = z.discriminatedUnion('WAYMARK_PROFILE', [Demo, Production], {
  error: 'write WAYMARK_PROFILE=demo or WAYMARK_PROFILE=production',
});

/** What the process needs to know, parsed. */
export type Settings = {
  profile: 'demo' | 'production';
  host: string;
  port: number;
  /** The one origin in production; undefined in the demo, where the port decides (`demoOrigins`). */
  origin: string | undefined;
  /** Where the admin's development server shows it, if one does. */
  devOrigin: string | undefined;
  dataDir: string;
  databaseFile: string;
  keysDir: string;
  keyPassphrase: string | undefined;
  keyPassphraseFile: string | undefined;
  /** The online keys, where they come from the environment and not from files. */
  snapshotKey: string | undefined;
  timestampKey: string | undefined;
  repoDir: string;
  /** The name the audit log signs its heads under. */
  logOrigin: string;
  /** Seed of the log's key, hex; undefined where a key file holds it. */
  logKey: string | undefined;
  /** Outsiders whose cosignatures on the log's heads are taken and served. */
  logWitnesses: readonly VerifierKey[];
  trustedProxies: BlockList;
  /** Where mail leaves; null while mail is off. */
  mail: MailSettings | null;
  /** What the watcher is let in with; undefined while it is off. */
  watchToken: string | undefined;
  /** Names the places that copies of the public tree go to; without it there are none. */
  destinationsFile: string | undefined;
  /** Snapshots hold a file for each country too. */
  byCountry: boolean;
  logLevel: z.infer<typeof LogLevel>;
};

/**
 * Parses the environment.
 * @param root folder that relative paths and the demo's data are in
 * @throws EnvironmentProblem naming each variable at fault and the fix
 */
export function parseEnvironment(env: Record<string, string | undefined>, root: string): Settings {
  const parsed = Environment.safeParse({
    ...env,
    PORT: env['PORT'] || undefined,
    HOST: env['HOST'] || undefined,
    WAYMARK_LOG_LEVEL: env['WAYMARK_LOG_LEVEL'] || undefined,
  });
  if (!parsed.success) {
    throw new EnvironmentProblem(
      parsed.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'WAYMARK_PROFILE'}: ${issue.message}`),
    );
  }
  const values = parsed.data;
  const dataDir = resolve(root, values.WAYMARK_DATA ?? 'data/var/demo');
  const isProduction = values.WAYMARK_PROFILE === 'production';
  return {
    profile: values.WAYMARK_PROFILE,
    host: values.HOST,
    port: values.PORT,
    origin: isProduction ? values.WAYMARK_ORIGIN : undefined,
    devOrigin: isProduction ? undefined : values.WAYMARK_DEV_ORIGIN,
    dataDir,
    databaseFile: join(dataDir, 'waymark.sqlite'),
    keysDir: resolve(root, (isProduction ? values.WAYMARK_KEYS_DIR : undefined) ?? join(dataDir, 'keys')),
    keyPassphrase: isProduction ? values.WAYMARK_KEY_PASSPHRASE : undefined,
    keyPassphraseFile: isProduction ? values.WAYMARK_KEY_PASSPHRASE_FILE : undefined,
    snapshotKey: isProduction ? values.WAYMARK_SNAPSHOT_KEY : undefined,
    timestampKey: isProduction ? values.WAYMARK_TIMESTAMP_KEY : undefined,
    repoDir: resolve(root, values.WAYMARK_REPO_DIR ?? join(dataDir, 'repo')),
    logOrigin: values.WAYMARK_LOG_ORIGIN ?? defaultLogOrigin(isProduction ? values.WAYMARK_ORIGIN : undefined),
    logKey: values.WAYMARK_LOG_KEY,
    logWitnesses: values.WAYMARK_LOG_WITNESSES,
    trustedProxies: isProduction ? values.WAYMARK_TRUSTED_PROXIES : new BlockList(),
    mail: mailOf(values.WAYMARK_SMTP_URL, values.WAYMARK_MAIL_FROM),
    destinationsFile:
      values.WAYMARK_DESTINATIONS === undefined ? undefined : resolve(root, values.WAYMARK_DESTINATIONS),
    byCountry: values.WAYMARK_BY_COUNTRY,
    watchToken: values.WAYMARK_WATCH_TOKEN,
    logLevel: values.WAYMARK_LOG_LEVEL,
  };
}

function mailOf(url: string | undefined, from: MailSettings['from'] | undefined): MailSettings | null {
  if (url !== undefined && from !== undefined) return { url, from };
  if (url !== undefined)
    throw new EnvironmentProblem(['WAYMARK_MAIL_FROM: say from whom mail comes, for instance directory@example.org']);
  if (from !== undefined)
    throw new EnvironmentProblem(['WAYMARK_SMTP_URL: name the mail server too, or remove WAYMARK_MAIL_FROM']);
  return null;
}

/** Both names of this machine that a person may type; a browser sends the one that was typed. */
export function demoOrigins(port: number): [string, ...string[]] {
  return [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
}
