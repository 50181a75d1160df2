import { expect, it } from 'vitest';
import { formatVerifierKey, verifierKey } from '@waymark/domain';
import { EnvironmentProblem, parseEnvironment } from './environment.ts';

const root = '/srv/waymark';
const production = {
  WAYMARK_PROFILE: 'production',
  WAYMARK_ORIGIN: 'https://directory.example.org',
  WAYMARK_DATA: '/var/lib/waymark',
};

function complaintsAbout(env: Record<string, string>): string {
  try {
    parseEnvironment(env, root);
  } catch (error) {
    if (error instanceof EnvironmentProblem) return error.message;
    throw error;
  }
  return 'none';
}

it('needs nothing for a demo', () => {
  expect(parseEnvironment({ WAYMARK_PROFILE: 'demo', HOME: '/root' }, root)).toMatchObject({
    profile: 'demo',
    host: '127.0.0.1',
    port: 8080,
    origin: undefined,
    databaseFile: '/srv/waymark/data/var/demo/waymark.sqlite',
    keysDir: '/srv/waymark/data/var/demo/keys',
    repoDir: '/srv/waymark/data/var/demo/repo',
  });
});

it('never lets a demo listen to other machines', () => {
  for (const host of ['0.0.0.0', '::', '192.0.2.1', 'example.org']) {
    expect(complaintsAbout({ WAYMARK_PROFILE: 'demo', HOST: host })).toContain(
      'HOST: the demo signs everybody in without a password',
    );
  }
  expect(complaintsAbout({ WAYMARK_PROFILE: 'demo', WAYMARK_TRUSTED_PROXIES: '10.0.0.1' })).toContain(
    'WAYMARK_TRUSTED_PROXIES',
  );
  expect(complaintsAbout({ WAYMARK_PROFILE: 'demo', WAYMARK_DEV_ORIGIN: 'https://evil.example' })).toContain(
    'WAYMARK_DEV_ORIGIN',
  );
});

it('names every variable that production lacks, and what to write', () => {
  const complaints = complaintsAbout({ WAYMARK_PROFILE: 'production' });
  expect(complaints).toContain('WAYMARK_ORIGIN: write the address people type, for instance');
  expect(complaints).toContain('WAYMARK_DATA: name the folder');
  expect(complaintsAbout({})).toContain('WAYMARK_PROFILE=demo or WAYMARK_PROFILE=production');
  expect(complaintsAbout(production)).toBe('none');
});

it('takes an exact https origin and nothing near it', () => {
  for (const origin of [
    'http://directory.example.org',
    'https://directory.example.org/',
    'https://directory.example.org/admin',
    'https://u@directory.example.org',
    'directory.example.org',
    'https://DIRECTORY.example.org',
    '*',
    '',
  ]) {
    expect(`${origin} ${complaintsAbout({ ...production, WAYMARK_ORIGIN: origin })}`).toContain('WAYMARK_ORIGIN');
  }
});

it('takes the cosigning keys of witnesses, each once, and no other keys', () => {
  const one = 'one.example/w+4d2e1b08+x';
  const key = (name: string, type: 1 | 4 = 4) => formatVerifierKey(verifierKey(name, type, new Uint8Array(32)));
  const witnesses = (text: string) => ({ ...production, WAYMARK_LOG_WITNESSES: text });
  const two = `${key('one.example/w')}\n  ${key('two.example/w')} `;
  expect(parseEnvironment(witnesses(two), root).logWitnesses.map(({ name }) => name)).toEqual([
    'one.example/w',
    'two.example/w',
  ]);
  expect(parseEnvironment(production, root).logWitnesses).toEqual([]);
  for (const wrong of [
    one,
    key('one.example/w', 1),
    `${key('one.example/w')} ${key('one.example/w')}`,
    key('one.example/w').slice(1),
    Array.from({ length: 16 }, (_, i) => key(`w${i}.example`)).join(' '),
  ])
    expect(complaintsAbout(witnesses(wrong))).toContain('WAYMARK_LOG_WITNESSES: write the cosigning keys');
});

it('takes ports and proxies that exist', () => {
  for (const port of ['-1', '65536', '80.5', 'http'])
    expect(complaintsAbout({ ...production, PORT: port })).toContain('PORT');
  for (const proxies of ['10.0.0.0/33', 'proxy.example.org', '10.0.0.1/8/8', '10.0.0.0/x']) {
    expect(complaintsAbout({ ...production, WAYMARK_TRUSTED_PROXIES: proxies })).toContain('WAYMARK_TRUSTED_PROXIES');
  }
  const { trustedProxies } = parseEnvironment(
    { ...production, WAYMARK_TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::/32,192.0.2.1' },
    root,
  );
  expect(['10.9.8.7', '192.0.2.1'].map((address) => trustedProxies.check(address, 'ipv4'))).toEqual([true, true]);
  expect([trustedProxies.check('2001:db8::1', 'ipv6'), trustedProxies.check('192.0.2.2', 'ipv4')]).toEqual([
    true,
    false,
  ]);
});

it('sends mail only when it knows by whom and from whom', () => {
  expect(parseEnvironment(production, root).mail).toBeNull();
  const mail = {
    WAYMARK_SMTP_URL: 'smtps://user:p%40ss@mail.example.org:465',
    WAYMARK_MAIL_FROM: 'The Directory <directory@example.org>',
  };
  expect(parseEnvironment({ ...production, ...mail }, root).mail).toEqual({
    url: 'smtps://user:p%40ss@mail.example.org:465',
    from: { name: 'The Directory', address: 'directory@example.org' },
  });
  expect(complaintsAbout({ ...production, WAYMARK_SMTP_URL: mail.WAYMARK_SMTP_URL })).toContain('WAYMARK_MAIL_FROM:');
  expect(complaintsAbout({ ...production, WAYMARK_MAIL_FROM: mail.WAYMARK_MAIL_FROM })).toContain('WAYMARK_SMTP_URL:');
  expect(complaintsAbout({ ...production, WAYMARK_SMTP_URL: '', WAYMARK_MAIL_FROM: '' })).toBe('none');
});

it('names what is wrong with mail settings, and never says the password', () => {
  const from = { WAYMARK_MAIL_FROM: 'directory@example.org' };
  for (const url of [
    'mail.example.org',
    'http://mail.example.org',
    'smtp://',
    'smtp://u:geheim@h/path',
    'smtp://u:geheim@h?x=1',
  ]) {
    const complaint = complaintsAbout({ ...production, ...from, WAYMARK_SMTP_URL: url });
    expect(complaint, url).toContain('WAYMARK_SMTP_URL: write scheme, user, password, host and port');
    expect(complaint).not.toContain('geheim');
  }
  for (const address of ['nobody', 'a@b@example.org', 'X <a@example.org>, <b@example.org>', 'X\nBcc: <a@example.org>'])
    expect(
      complaintsAbout({ ...production, WAYMARK_SMTP_URL: 'smtp://h', WAYMARK_MAIL_FROM: address }),
      address,
    ).toContain('WAYMARK_MAIL_FROM: write one address');
});

it('lets a demo write to a mail server of this machine alone', () => {
  const from = { WAYMARK_PROFILE: 'demo', WAYMARK_MAIL_FROM: 'directory@example.org' };
  expect(parseEnvironment({ ...from, WAYMARK_SMTP_URL: 'smtp://127.0.0.1:2525' }, root).mail?.url).toBe(
    'smtp://127.0.0.1:2525',
  );
  expect(complaintsAbout({ ...from, WAYMARK_SMTP_URL: 'smtp://mail.example.org' })).toContain(
    'WAYMARK_SMTP_URL: the demo writes to nobody outside',
  );
});

it('keeps the watcher off without a token, and takes no short one', () => {
  expect(parseEnvironment(production, root).watchToken).toBeUndefined();
  expect(parseEnvironment({ ...production, WAYMARK_WATCH_TOKEN: '' }, root).watchToken).toBeUndefined();
  expect(parseEnvironment({ ...production, WAYMARK_WATCH_TOKEN: 'x'.repeat(64) }, root).watchToken).toBe(
    'x'.repeat(64),
  );
  for (const token of ['secret', 'x'.repeat(31), `${'x'.repeat(40)} y`])
    expect(complaintsAbout({ ...production, WAYMARK_WATCH_TOKEN: token })).toContain(
      'WAYMARK_WATCH_TOKEN: write at least 32 characters',
    );
});
