import { sha3_256 } from '@noble/hashes/sha3.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  displayHost,
  EmailAddress,
  hostOf,
  isUnderDomain,
  looksLike,
  OnionUrl,
  parseOnionUrl,
  parseWebUrl,
  toUnicodeHost,
  WebUrl,
} from './url.ts';

describe('parseWebUrl', () => {
  it.each([
    ['https://report.example.org', 'https://report.example.org/', 'report.example.org'],
    [' https://Example.ORG/Report ', 'https://example.org/Report', 'example.org'],
    ['HTTPS://example.org:443/a/../b', 'https://example.org/b', 'example.org'],
    ['https://example.org/melden?q=ü#p/+49', 'https://example.org/melden?q=%C3%BC#p/+49', 'example.org'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/', 'xn--bcher-kva.example'],
    ['https://ｅｘａｍｐｌｅ.org/', 'https://example.org/', 'example.org'],
    ['https://example。org/', 'https://example.org/', 'example.org'],
    ['https://example.org/user@home', 'https://example.org/user@home', 'example.org'],
  ])('stores %s as %s', (input, href, host) => {
    expect(parseWebUrl(input)).toEqual({ ok: true, href, host });
  });

  it.each([
    ['', 'empty'],
    ['example.org', 'no-scheme'],
    ['example.org:443/x', 'no-scheme'],
    ['//example.org', 'no-scheme'],
    ['http://example.org', 'not-https'],
    ['javascript:alert(1)', 'not-https'],
    ['JaVaScRiPt://example.org/%0aalert(1)', 'not-https'],
    ['data:text/html,x', 'not-https'],
    ['ftp://example.org', 'not-https'],
    ['blob:https://example.org/1', 'not-https'],
    ['tel:116111', 'no-scheme'],
    ['hxxps://x.invalid', 'not-https'],
    ['https:example.org', 'not-a-url'],
    ['https:/example.org', 'not-a-url'],
    ['https:///example.org', 'not-a-url'],
    ['https:\\\\example.org', 'characters'],
    ['https://example.org\\@127.0.0.1', 'characters'],
    ['https://exa\tmple.org', 'characters'],
    ['https://exam\u200Bple.org', 'characters'],
    ['https://127.0.0.1\n.example.org', 'characters'],
    ['https://1.1.1.1 &@127.0.0.1#@/', 'characters'],
    ['https://a@example.org', 'credentials'],
    ['https://example.org@evil.invalid/', 'credentials'],
    ['https://@example.org/', 'credentials'],
    ['https://example.org:8443/', 'port'],
    ['https://example.org:0/', 'port'],
    ['https://example.org:65536/', 'not-a-url'],
    ['https://ex%61mple.org/', 'host'],
    ['https://example.org./', 'host'],
    ['https://example/', 'host'],
    ['https://-example.org/', 'host'],
    ['https://exa_mple.org/', 'host'],
    ['https://127.1/', 'address'],
    ['https://2130706433/', 'address'],
    ['https://0x7f000001/', 'address'],
    ['https://0177.0.0.1/', 'address'],
    ['https://①②⑦.⓪.⓪.①/', 'address'],
    ['https://127。0。0。1/', 'address'],
    ['https://１２７．０．０．１/', 'address'],
    ['https://[::1]/', 'address'],
    ['https://[::ffff:127.0.0.1]/', 'address'],
    ['https://localhost/', 'not-public'],
    ['https://LOCALHOST/', 'not-public'],
    ['https://foo.localhost/', 'not-public'],
    ['https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/', 'not-public'],
    ['https://localhost.localdomain/', 'not-public'],
    ['https://metadata.google.internal/', 'not-public'],
    ['https://kubernetes.default.svc/', 'not-public'],
    ['https://host.docker.internal/', 'not-public'],
    [`https://example.org/${'a'.repeat(2048)}`, 'too-long'],
    [`https://example.org/${'ü'.repeat(1000)}`, 'too-long'],
  ])('refuses %j: %s', (input, reason) => {
    const parsed = parseWebUrl(input);
    expect(parsed).toMatchObject({ ok: false, reason });
    expect(parsed.ok ? '' : parsed.fix).toMatch(/^[A-Z].*\.$/);
  });

  it('never throws, and is idempotent on what it accepts', () => {
    const urlish = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string({ unit: 'binary' }).map((s) => `https://${s}`),
      fc.string({ unit: 'grapheme' }).map((s) => `https://example.org/${s}`),
      fc.string({ unit: fc.constantFrom(...'htps:/@.%[]\\?#0x1aå。xn--') }),
    );
    fc.assert(
      fc.property(urlish, (input) => {
        const parsed = parseWebUrl(input);
        if (!parsed.ok) return;
        expect(parseWebUrl(parsed.href)).toEqual(parsed);
        expect(hostOf(parsed.href)).toBe(parsed.host);
        // oxlint-disable-next-line no-control-regex -- the claim is that only printable ASCII is stored
        expect(parsed.href).toMatch(/^https:\/\/[!-~]+$/);
      }),
      { numRuns: 3000 },
    );
  });
});

const onionOf = (seed: number) => {
  const key = new Uint8Array(32).map((_, i) => (seed * 31 + i * 7) & 255);
  const prefix = Array.from('.onion checksum', (c) => c.charCodeAt(0));
  const checksum = sha3_256(Uint8Array.from([...prefix, ...key, 3]));
  const bits = [...key, ...checksum.slice(0, 2), 3].map((b) => b.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => 'abcdefghijklmnopqrstuvwxyz234567'.charAt(parseInt(five, 2)))
    .join('');
};

describe('parseOnionUrl', () => {
  // The Tor Project's own site: an address computed by somebody else's code.
  const torProject = '2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid';

  it('accepts a real address of version 3, with http or https and a subdomain', () => {
    expect(parseOnionUrl(`http://${torProject}.onion/index.html`)).toMatchObject({ ok: true });
    expect(parseOnionUrl(`https://www.${torProject}.onion/`)).toMatchObject({
      ok: true,
      host: `www.${torProject}.onion`,
    });
  });

  it('catches any one changed letter', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.nat(55),
        fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'),
        (seed, at, letter) => {
          const name = onionOf(seed);
          const changed = name.slice(0, at) + letter + name.slice(at + 1);
          expect(parseOnionUrl(`http://${changed}.onion/`).ok).toBe(changed === name);
        },
      ),
    );
  });

  it.each([
    ['http://expyuzz4wqqyqhjn.onion/', 'host'],
    ['http://example.org/', 'not-onion'],
    [`http://${torProject}.onion:8080/`, 'port'],
    [`http://${torProject}.onion.example.org/`, 'not-onion'],
    [`http://a@${torProject}.onion/`, 'credentials'],
    [`ftp://${torProject}.onion/`, 'not-https'],
  ])('refuses %s: %s', (input, reason) => {
    expect(parseOnionUrl(input)).toMatchObject({ ok: false, reason });
  });

  it('is no web address', () => {
    expect(parseWebUrl(`https://${torProject}.onion/`)).toMatchObject({ ok: false, reason: 'onion' });
  });
});

describe('the schemas', () => {
  it('store the canonical form and name the fix', () => {
    expect(WebUrl.parse(' https://Example.org ')).toBe('https://example.org/');
    expect(WebUrl.safeParse('http://example.org').error?.issues[0]?.message).toBe(
      'Use an address that starts with https://.',
    );
    expect(EmailAddress.parse(' Help@Example.ORG ')).toBe('Help@example.org');
    expect(EmailAddress.parse('mailto:hilfe@bücher.example')).toBe('hilfe@xn--bcher-kva.example');
  });

  it.each([
    '',
    'help',
    'help@',
    '@example.org',
    'a b@example.org',
    'a@b@example.org',
    '.a@example.org',
    'a@localhost',
    'a@127.0.0.1',
    'a@exa\u202Emple.org',
    'ä@example.org',
    'a@example.org/x',
  ])('refuse the e-mail address %j', (address) => {
    expect(EmailAddress.safeParse(address).success).toBe(false);
  });

  it('become JSON Schema', () => {
    for (const schema of [WebUrl, OnionUrl, EmailAddress])
      expect(() => z.toJSONSchema(schema, { io: 'input' })).not.toThrow();
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (s) => {
        for (const schema of [WebUrl, OnionUrl, EmailAddress]) expect(() => schema.safeParse(s)).not.toThrow();
        expect(() => EmailAddress.safeParse(`a@${s}`)).not.toThrow();
      }),
    );
  });
});

describe('isUnderDomain', () => {
  it.each([
    ['example.org', true],
    ['www.example.org', true],
    ['WWW.EXAMPLE.ORG', true],
    ['evil-example.org', false],
    ['example.org.evil.invalid', false],
    ['org', false],
    ['', false],
  ])('%j under example.org: %s', (host, under) => {
    expect(isUnderDomain(host, ['other.invalid', 'example.org'])).toBe(under);
  });

  it('takes nothing for under an empty domain', () => {
    expect(isUnderDomain('example.org', ['', '.'])).toBe(false);
  });
});

describe('displayHost', () => {
  it.each([
    ['https://example.org/', { host: 'example.org', suspicious: null }],
    ['https://bücher.example/', { host: 'xn--bcher-kva.example', unicode: 'bücher.example', suspicious: null }],
    ['https://помощь.рф/', { host: 'xn--l1adbb7cs.xn--p1ai', unicode: 'помощь.рф', suspicious: null }],
    ['https://子供.jp/', { host: 'xn--vsq38z.jp', unicode: '子供.jp', suspicious: null }],
    ['https://еxample.org/', { host: 'xn--xample-2of.org', unicode: 'еxample.org', suspicious: 'mixed-script' }],
    ['https://аррӏе.com/', { host: 'xn--80ak6aa92e.com', unicode: 'аррӏе.com', suspicious: 'look-alike' }],
    ['https://exarnple.org/', { host: 'exarnple.org', suspicious: 'look-alike' }],
    ['https://www.examp1e.org/', { host: 'www.examp1e.org', suspicious: 'look-alike' }],
    ['https://exämple.org/', { host: 'xn--exmple-cua.org', unicode: 'exämple.org', suspicious: 'look-alike' }],
  ])('%s', (href, shown) => {
    const parsed = parseWebUrl(href);
    expect(parsed.ok).toBe(true);
    expect(displayHost(href, ['example.org'])).toEqual(shown);
  });

  it('decodes whatever the URL parser encodes', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'aäßжщ中あ한ไทยعربي0-'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(letters, (s) => {
        const parsed = parseWebUrl(`https://x${s}x.example/`);
        expect(!parsed.ok || hostOf(`https://${toUnicodeHost(parsed.host)}/`) === parsed.host).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (s) => {
        expect(() => [displayHost(s), displayHost(`https://xn--${s}/`), toUnicodeHost(`xn--${s}`)]).not.toThrow();
      }),
    );
  });
});

describe('looksLike', () => {
  const known = ['ncmec.org', 'childline.org.uk', 'internet-watch.example'];

  it.each([
    ['ncrnec.org', 'ncmec.org'],
    ['www.chi1dline.org.uk', 'childline.org.uk'],
    ['сhildline.org.uk', 'childline.org.uk'],
    ['internet‑watch.example', 'internet-watch.example'],
    ['childline.org.uk', null],
    ['www.childline.org.uk', null],
    ['childline.org', null],
    ['helpline.org.uk', null],
  ])('%s is taken for %s', (host, imitated) => {
    expect(looksLike(host, known)).toBe(imitated);
  });
});
