import { expect, it } from 'vitest';
import { EnvironmentProblem, parseEnvironment } from './environment.ts';

const complete = {
  WAYMARK_WATCH_API: 'http://127.0.0.1:8080',
  WAYMARK_WATCH_TOKEN: 'x'.repeat(64),
  WAYMARK_WATCH_CONTACT: 'mailto:watcher@example.org',
};

function complaintsAbout(env: Record<string, string | undefined>): string {
  try {
    parseEnvironment(env);
  } catch (error) {
    if (error instanceof EnvironmentProblem) return error.message;
    throw error;
  }
  return 'none';
}

it('takes an address, a token and somebody who answers for it', () => {
  expect(parseEnvironment({ ...complete, WAYMARK_WATCH_RESOLVER: '9.9.9.9, 10.0.0.5:5353,[2620:fe::fe]:53' })).toEqual({
    api: 'http://127.0.0.1:8080',
    token: 'x'.repeat(64),
    contact: 'mailto:watcher@example.org',
    resolvers: ['9.9.9.9', '10.0.0.5:5353', '[2620:fe::fe]:53'],
  });
});

it('visits nobody without saying who it is', () => {
  for (const contact of [
    undefined,
    '',
    'watcher@example.org',
    'mailto:nobody',
    'http://example.org',
    'mailto:a@b.c\r\nX: y',
    'mailto:a@b.c (x)',
  ])
    expect(complaintsAbout({ ...complete, WAYMARK_WATCH_CONTACT: contact })).toContain('WAYMARK_WATCH_CONTACT: write');
});

it('names what is missing or wrong, and the fix', () => {
  expect(complaintsAbout({})).toMatch(
    /WAYMARK_WATCH_API: write[\s\S]*WAYMARK_WATCH_TOKEN: write[\s\S]*WAYMARK_WATCH_CONTACT: write/,
  );
  for (const api of ['127.0.0.1:8080', 'http://127.0.0.1:8080/', 'ftp://127.0.0.1', 'http://u:p@127.0.0.1'])
    expect(complaintsAbout({ ...complete, WAYMARK_WATCH_API: api })).toContain('WAYMARK_WATCH_API');
  expect(complaintsAbout({ ...complete, WAYMARK_WATCH_TOKEN: 'short' })).toContain('WAYMARK_WATCH_TOKEN');
  expect(complaintsAbout({ ...complete, WAYMARK_WATCH_RESOLVER: 'dns.example' })).toContain(
    'dns.example is no address',
  );
});

it('does not start beside keys or data', () => {
  for (const name of [
    'WAYMARK_DATA',
    'WAYMARK_KEYS_DIR',
    'WAYMARK_KEY_PASSPHRASE',
    'WAYMARK_KEY_PASSPHRASE_FILE',
    'WAYMARK_SMTP_URL',
  ])
    expect(complaintsAbout({ ...complete, [name]: 'anything' })).toContain(`${name}: remove it`);
});
