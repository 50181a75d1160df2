// SECURITY Appendix A: ways to write an inside address, and addresses that tables call public.
import { due, PAGE, type Case } from './cases.ts';

const IPV4 =
  '127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001 0 0x 127.0.0.1. 127.0.0.0x1 %31%32%37.0.0.1 ①②⑦.⓪.⓪.① 127。0。0。1 １２７．０．０．１ 127.0.0.1 127.127.127.127 0.0.0.0 0.1.2.3 127.255.255.254 0x7f.1 0X7F000001 00000177.0.0.1 127.0x0.0.1 127．0．0．1 127｡0｡0｡1'.split(
    ' ',
  );
const NAMES =
  'localhost LOCALHOST localhost. foo.localhost loc%61lhost ⓛⓞⓒⓐⓛⓗⓞⓢⓣ localhost.localdomain localtest.me 127.0.0.1.nip.io metadata.google.internal kubernetes.default.svc host.docker.internal 7f000001.c0a80001.rbndr.us router.lan printer.local db 10-0-0-1.nip.io ip6-localhost broadcasthost'.split(
    ' ',
  );
const IPV6 =
  '[::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::127.0.0.1] [::ffff:0:127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2001:0:1::f5ff:fffe] [fe80::1] [fe80::1%25eth0] [fc00::1] [fd00:ec2::254] [fec0::1] [ff02::1] [100::1] [2001:db8::1] [::ffff:a9fe:a9fe] [::ffff:10.0.0.1] [::10.0.0.1] [::7f00:1] [::ffff:0:0] [2002:a9fe:a9fe::] [2002:0a00:0001::1] [3fff::1] [5f00::1] [2001:2::1] [2001:10::1] [2001:20::1] [::a9fe:a9fe] [64:ff9b::a9fe:a9fe] [fe80::5efe:7f00:1] [fdff::1] [ff05::2] [2620:4f:8000::1]'.split(
    ' ',
  );
const METADATA =
  '169.254.169.254 2852039166 0xA9FEA9FE 0251.0376.0251.0376 169.254.43518 100.100.100.200 192.0.0.192 168.63.129.16 169.254.170.2 0xa83f8110 192.0.0.170'.split(
    ' ',
  );
const RANGES =
  '10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.254 192.168.0.1 192.168.255.255 100.64.0.1 100.127.255.254 198.18.0.1 198.19.255.255 192.0.2.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 192.88.99.1 192.31.196.1 192.52.193.1 192.175.48.1 167772161 0x0a000001 012.0.0.1 10.1 192.168.257'.split(
    ' ',
  );
const CONFUSION = [
  'http://a@127.0.0.1/',
  'http://example.org@127.0.0.1/',
  'http://127.0.0.1#@example.org/',
  'http://127.0.0.1\\@example.org/',
  'http://example.org:80@127.0.0.1/',
  'http://[::1]@example.org/',
  'http:\\\\127.0.0.1/',
  'http:127.0.0.1',
  'http:/127.0.0.1/',
  'http:///127.0.0.1/',
  'http://1.1.1.1 &@127.0.0.1#@/',
  'http://127.0.0.1\n.example.org/',
  ' http://127.0.0.1/ ',
  'http://127.0.0.1%2f.example.org/',
  'http://127.0.0.1%00.example.org/',
  'http://example.org%00.127.0.0.1/',
  'http://127.0.0.1:0/',
  'http://127.0.0.1:22/',
  'http://127.0.0.1:25/',
  'http://127.0.0.1:65536/',
  'http://example.org:22/',
  'https://example.org:80/',
  'http://example.org:443/',
  'https://example.org:8443/',
  'http://example.org:6379/',
  'http://user:password@example.org/',
  'https://:@127.0.0.1/',
  '//127.0.0.1/',
  '127.0.0.1',
  '',
  'https://',
  'https://?',
  'http://.',
  'http://..',
];
const SCHEMES = [
  'file:///etc/passwd',
  'file://127.0.0.1/etc/passwd',
  'ftp://127.0.0.1/',
  'gopher://127.0.0.1:6379/_INFO',
  'dict://127.0.0.1:11211/stat',
  'data:text/html,x',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  'blob:https://example.org/1',
  'ws://127.0.0.1/',
  'wss://127.0.0.1/',
  'unix:/var/run/docker.sock',
  'http+unix://%2Fvar%2Frun%2Fdocker.sock/info',
  'jar:http://127.0.0.1!/',
  'netdoc:///etc/passwd',
  'about:blank',
  'tel:116111',
  'mailto:help@example.org',
];

/** A URL a browser would forgive: the host is what stands before the backslash, and that is public. */
const READ_AS_PUBLIC = ['https://example.org\\@127.0.0.1/', 'https://exa\tmple.org/', '  https://example.org/  '];

const INSIDE = ['127.0.0.1', '10.0.0.1', '169.254.169.254', '192.168.1.1', '0.0.0.0', '100.64.0.1', '127.0.0.53'];

const form = (url: string, expect: readonly string[], arrange?: Case['arrange']): Case => ({
  corpus: 'N-01',
  name: JSON.stringify(url),
  due: due(url),
  expect,
  ...(arrange ? { arrange } : {}),
});

/** Never looked at: the address is inside, or no address we ask. */
const REFUSED = ['dns-gone:not-public', 'not-checked:address'];

export const urlForms: Case[] = [
  ...[...IPV4, ...IPV6, ...METADATA, ...RANGES].flatMap((host) =>
    (host.length % 2 === 0 ? ['http', 'https'] : ['https']).map((scheme) => form(`${scheme}://${host}/`, REFUSED)),
  ),
  ...NAMES.map((name, i) =>
    form(`https://${name}/`, [...REFUSED, 'dns-gone:no-such-name', 'dns-gone:no-address'], (world) => {
      // Whatever the name server says of such names, it points inside.
      const host = URL.canParse(`https://${name}/`) ? new URL(`https://${name}/`).hostname.replace(/\.$/, '') : '';
      world.name(host, { a: [[INSIDE[i % INSIDE.length] ?? '']], aaaa: [['::1']] });
    }),
  ),
  ...[...CONFUSION, ...SCHEMES].map((url) =>
    form(url, [...REFUSED, 'dns-gone:no-such-name', 'dns-gone:failing', 'not-checked:resolver'], serveExample),
  ),
  ...READ_AS_PUBLIC.map((url) => form(url, ['ok', 'redirected'], serveExample)),
];

function serveExample(world: Parameters<NonNullable<Case['arrange']>>[0]): void {
  world.site('example.org', (_request, response) => response.setHeader('content-type', 'text/html').end(PAGE));
}
