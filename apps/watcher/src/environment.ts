import { isIP } from 'node:net';
import { z } from 'zod';

/** A variable is missing or wrong. The message names it and says what to write. */
export class EnvironmentProblem extends Error {
  constructor(lines: readonly string[]) {
    super(`The configuration of the watcher needs a look:\n${lines.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'EnvironmentProblem';
  }
}

const Api = z
  .string({ error: 'write where the server answers, for instance WAYMARK_WATCH_API=http://127.0.0.1:8080' })
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text, {
    error: 'write scheme, host and port only, for instance http://127.0.0.1:8080',
  });

const Token = z
  .string({ error: 'write the same secret as for the server, for instance what `openssl rand -hex 32` prints' })
  .regex(/^[\x21-\x7e]{32,200}$/, {
    error: 'write at least 32 characters, for instance what `openssl rand -hex 32` prints',
  });

// Whoever is visited must be able to find out by whom, and to complain.
const Contact = z
  .string({
    error:
      'write how to reach you, for instance WAYMARK_WATCH_CONTACT=mailto:watcher@example.org; the watcher visits nobody without saying who it is',
  })
  .regex(/^(?:mailto:[\x21-\x27\x2a-\x7e]+@[\x21-\x27\x2a-\x7e]+\.[A-Za-z0-9-]+|https:\/\/[\x21-\x27\x2a-\x7e]+)$/, {
    error: 'write an address that starts with mailto: or https://, for instance mailto:watcher@example.org',
  });

const Resolvers = z
  .string()
  .optional()
  .transform((text, context) => {
    const servers = (text ?? '').split(',').map((part) => part.trim());
    for (const server of servers.filter(Boolean)) {
      const [, address = '', port] = /^(\[[^\]]+\]|[^:]+|[^[]*:[^[]*)(?::(\d{1,5}))?$/.exec(server) ?? [];
      if (isIP(server) || (isIP(address.replace(/^\[|\]$/g, '')) && Number(port ?? 53) <= 65_535)) continue;
      context.addIssue(`${server} is no address; write for instance 9.9.9.9 or 10.0.0.5:5353, with commas between`);
      return z.NEVER;
    }
    return servers.filter(Boolean);
  });

const Environment = z.object({
  WAYMARK_WATCH_API: Api,
  WAYMARK_WATCH_TOKEN: Token,
  WAYMARK_WATCH_CONTACT: Contact,
  WAYMARK_WATCH_RESOLVER: Resolvers,
});

/** What opens keys or data has no place in the process that visits strangers. */
const FORBIDDEN = [
  'WAYMARK_DATA',
  'WAYMARK_KEYS_DIR',
  'WAYMARK_KEY_PASSPHRASE',
  'WAYMARK_KEY_PASSPHRASE_FILE',
  'WAYMARK_SMTP_URL',
];

export type Settings = {
  /** Origin of the server that says what is due. */
  api: string;
  token: string;
  contact: string;
  /** Name servers to ask; the system's when empty. */
  resolvers: string[];
};

/**
 * Parses the environment.
 * @throws EnvironmentProblem naming each variable at fault and the fix
 */
export function parseEnvironment(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, text === '' ? undefined : text]));
  const secrets = FORBIDDEN.filter((name) => given[name] !== undefined).map(
    (name) => `${name}: remove it; the watcher visits strangers and must know no keys and no data`,
  );
  const parsed = Environment.safeParse(given);
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`);
  if (!parsed.success || secrets.length > 0) throw new EnvironmentProblem([...wrong, ...secrets]);
  return {
    api: parsed.data.WAYMARK_WATCH_API,
    token: parsed.data.WAYMARK_WATCH_TOKEN,
    contact: parsed.data.WAYMARK_WATCH_CONTACT,
    resolvers: parsed.data.WAYMARK_WATCH_RESOLVER,
  };
}
