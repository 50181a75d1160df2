// SECURITY N-04: servers that want us to read for ever, to break, or to tell something about ourselves.
import { gzipSync } from 'node:zlib';
import type { Socket } from 'node:net';
import { due, PAGE, type Case } from './cases.ts';
import type { Script, World } from './world.ts';

let hosts = 0;
const newHost = (): string => `hostile-${(hosts += 1)}.example`;

/** What all servers of this kind wrote together, in bytes; whoever reads for ever shows here. */
export const written = { most: 0 };

function pour(socket: Socket, head: string, chunk: Buffer, counts = true): void {
  let sent = 0;
  socket.write(head);
  const more = (): void => {
    while (!socket.destroyed && sent < 64 * 1024 * 1024) {
      sent += chunk.length;
      if (counts) written.most = Math.max(written.most, sent);
      if (!socket.write(chunk)) {
        socket.once('drain', more);
        return;
      }
    }
  };
  more();
}

const html = 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n';
const whole = (headers: string, body: string) =>
  `HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;

const isHead = (first: Buffer): boolean => first.toString('latin1').startsWith('HEAD');
const headOr =
  (get: Script): Script =>
  (socket, first) => {
    if (isHead(first)) socket.end(`${html}\r\n`);
    else get(socket, first);
  };

/** Every second of theirs is a twentieth of ours: the limits of the test are small. */
function drip(socket: Socket, head: string, byte: string): void {
  socket.write(head);
  const timer = setInterval(() => socket.write(byte), 50);
  socket.on('close', () => clearInterval(timer));
}

const BOMB = gzipSync(Buffer.alloc(20 * 1024 * 1024));

const SERVERS: [name: string, expect: readonly string[], script: Script][] = [
  ['an endless body', ['ok'], headOr((socket) => pour(socket, `${html}\r\n`, Buffer.alloc(16_384, 'x ')))],
  [
    'an endless body in chunks',
    ['ok'],
    headOr((socket) =>
      pour(socket, `${html}transfer-encoding: chunked\r\n\r\n`, Buffer.from(`4000\r\n${'y '.repeat(8192)}\r\n`)),
    ),
  ],
  [
    'a body that is said to be a terabyte',
    ['ok'],
    headOr((socket) => pour(socket, `${html}content-length: 1099511627776\r\n\r\n`, Buffer.alloc(16_384, 'z '))),
  ],
  ['a byte at a time', ['timeout'], headOr((socket) => drip(socket, `${html}\r\n`, 'x'))],
  ['headers a byte at a time', ['timeout'], (socket) => drip(socket, 'HTTP/1.1 200 OK\r\nx-slow: ', 'x')],
  ['an answer that never begins', ['timeout'], () => undefined],
  ['an answer that never ends', ['timeout'], headOr((socket) => socket.write(`${html}content-length: 100\r\n\r\n<p>`))],
  [
    'a gzip bomb',
    ['ok'],
    headOr((socket) => {
      socket.write(`${html}content-encoding: gzip\r\ncontent-length: ${BOMB.length}\r\n\r\n`);
      socket.end(BOMB);
    }),
  ],
  [
    'a bomb in brotli',
    ['ok'],
    headOr((socket) => socket.end(`${html}content-encoding: br\r\ncontent-length: 4\r\n\r\nabcd`)),
  ],
  [
    'huge headers',
    ['server-error:too-large'],
    (socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${'h'.repeat(200_000)}\r\n\r\n`),
  ],
  [
    'ten thousand headers',
    ['server-error:too-large'],
    (socket) => socket.end(`HTTP/1.1 200 OK\r\n${'x-many: yes\r\n'.repeat(10_000)}\r\n`),
  ],
  [
    'headers that never end',
    ['server-error:too-large'],
    (socket) => pour(socket, 'HTTP/1.1 200 OK\r\n', Buffer.from('x-endless: yes\r\n'.repeat(500))),
  ],
  [
    '100 Continue a hundred times',
    ['server-error'],
    (socket) => socket.end('HTTP/1.1 100 Continue\r\n\r\n'.repeat(100) + whole('', PAGE)),
  ],
  [
    '103 Early Hints',
    ['ok'],
    (socket) => socket.end(`HTTP/1.1 103 Early Hints\r\nlink: <http://127.0.0.1/>\r\n\r\n${whole('', PAGE)}`),
  ],
  [
    '101 Switching Protocols',
    ['server-error'],
    (socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
  ],
  ['HTTP/0.9', ['server-error'], (socket) => socket.end('<html><p>no headers at all</p>')],
  ['no HTTP', ['server-error'], (socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n')],
  [
    'random bytes',
    ['server-error'],
    (socket) => socket.end(Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256))),
  ],
  ['hanging up at once', ['server-error'], (socket) => socket.destroy()],
  ['empty lines and nothing more', ['server-error'], (socket) => socket.end('\r\n\r\n\r\n')],
  ['hanging up in the headers', ['server-error'], (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-ty')],
  [
    'hanging up in the body',
    ['server-error'],
    headOr((socket) => socket.end(`${html}content-length: 500\r\n\r\n<p>half`)),
  ],
  [
    'two lengths that differ',
    ['server-error'],
    (socket) => socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 9\r\n\r\nhello`),
  ],
  [
    'a length and chunks',
    ['server-error', 'ok'],
    (socket) => socket.end(`${html}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`),
  ],
  [
    'a chunk that is no number',
    ['server-error'],
    headOr((socket) => socket.end(`${html}transfer-encoding: chunked\r\n\r\nzz\r\n\r\n`)),
  ],
  ['a body after HEAD', ['ok'], (socket) => socket.end(whole('', PAGE))],
  ['two answers to one question', ['ok'], (socket) => socket.end(whole('', PAGE) + whole('', 'another'))],
  [
    'a sign-in of HTTP',
    ['refused'],
    (socket) =>
      socket.end('HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic realm="x"\r\ncontent-length: 0\r\n\r\n'),
  ],
  [
    'a sign-in of a proxy',
    ['refused'],
    (socket) =>
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: NTLM\r\ncontent-length: 0\r\n\r\n'),
  ],
  ['cookies', ['ok'], (socket) => socket.end(whole('set-cookie: id=1; Path=/\r\nset-cookie: track=2\r\n', PAGE))],
  [
    'a status nobody knows',
    ['server-error'],
    (socket) => socket.end('HTTP/1.1 999 Go Away\r\ncontent-length: 0\r\n\r\n'),
  ],
  [
    'a range nobody asked for',
    ['ok'],
    headOr((socket) =>
      socket.end(
        `HTTP/1.1 206 Partial Content\r\ncontent-type: text/html\r\ncontent-range: bytes 5-9/10\r\ncontent-length: 5\r\n\r\nhello`,
      ),
    ),
  ],
  [
    'a video',
    ['ok'],
    (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ncontent-length: 99999999\r\n\r\n'),
  ],
  ['tags without end', ['ok'], headOr((socket) => socket.end(whole('', '<div>'.repeat(50_000))))],
  ['attributes without end', ['ok'], headOr((socket) => socket.end(whole('', `<div ${'a=b '.repeat(60_000)}>`)))],
  [
    'a charset nobody knows',
    ['ok'],
    headOr((socket) =>
      socket.end(`HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=klingon\r\ncontent-length: 4\r\n\r\nabcd`),
    ),
  ],
];

const TLS: [name: string, expect: readonly string[], arrange: (world: World, host: string) => void | Promise<void>][] =
  [
    [
      'junk instead of TLS',
      ['tls-invalid', 'server-error'],
      (world, host) => world.bare(host, (socket) => socket.end('220 mail.example ESMTP\r\n')),
    ],
    ['nothing instead of TLS', ['timeout'], (world, host) => world.bare(host, () => undefined)],
    ['hanging up in the handshake', ['server-error'], (world, host) => world.bare(host, (socket) => socket.destroy())],
    [
      'a handshake without end',
      ['tls-invalid', 'timeout', 'server-error'],
      (world, host) =>
        world.bare(host, (socket) =>
          pour(socket, '', Buffer.from([22, 3, 3, 0x3f, 0xff, ...Array.from({ length: 0x3fff }, () => 0)]), false),
        ),
    ],
    [
      'an alert',
      ['tls-invalid', 'server-error'],
      (world, host) => world.bare(host, (socket) => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 40]))),
    ],
    [
      'an expired certificate',
      ['tls-invalid'],
      (world, host) => world.certificate(host, { names: [host], from: -90, until: -1 }),
    ],
    [
      'a certificate of tomorrow',
      ['tls-invalid'],
      (world, host) => world.certificate(host, { names: [host], from: 1, until: 90 }),
    ],
    [
      'a self-signed certificate',
      ['tls-invalid'],
      (world, host) => world.certificate(host, { names: [host], selfSigned: true }),
    ],
    [
      'a certificate of somebody else',
      ['tls-invalid'],
      (world, host) => world.certificate(host, { names: ['other.example'] }),
    ],
    [
      'a certificate that ends soon',
      ['tls-expiring'],
      (world, host) => world.certificate(host, { names: [host], from: -80, until: 3 }),
    ],
  ];

export const hostileServers: Case[] = [
  ...SERVERS.flatMap(([name, expect, script]) =>
    ['https', 'http'].map((scheme): Case => {
      const host = newHost();
      return {
        corpus: 'N-04',
        name: `${name} (${scheme})`,
        due: due(`${scheme}://${host}/`),
        expect,
        isSlow: expect.includes('timeout'),
        arrange: (world) => world.raw(host, script),
      };
    }),
  ),
  ...TLS.map(([name, expect, arrange]): Case => {
    const host = newHost();
    return {
      corpus: 'N-04',
      name,
      due: due(`https://${host}/`),
      expect,
      isSlow: expect.includes('timeout'),
      async arrange(world) {
        world.site(host, (_request, response) => response.setHeader('content-type', 'text/html').end(PAGE));
        await arrange(world, host);
      },
    };
  }),
];
