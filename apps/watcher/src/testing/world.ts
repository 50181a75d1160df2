// A small internet for tests, on this machine alone: a name server, web servers, and somebody who writes down every connection.
// In a network namespace every address there is leads here, so forbidden ones really have listeners. Elsewhere public addresses are
// led to loopback, and every attempt of any socket of this process is written down.
import { once } from 'node:events';
import {
  createServer as createHttpServer,
  Server as HttpServer,
  type IncomingHttpHeaders,
  type RequestListener,
} from 'node:http';
import { connect, createServer, Socket, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer, type SecureContext } from 'node:tls';
import { createResolve, type Detour, type Resolve } from '@waymark/egress';
import { newCertificate, type Authority, type Shown } from './certificates.ts';
import { startNameServer, type NameServer, type Zone } from './nameServer.ts';

export type Way = 'namespace' | 'recorded';

/** Public addresses of the world; no packet ever leaves, since there is no way out. */
export const PUBLIC_V4 = '5.5.5.5';
export const PUBLIC_V6 = '2a05:5555::5';
const PUBLIC = [PUBLIC_V4, '5.5.5.6', PUBLIC_V6];
/** Where they are led to without a namespace. */
export const LED = '127.77.0.1';

/** Ports on which something listens in a namespace, beside 80 and 443. */
const OTHER_PORTS = [22, 25, 81, 3306, 6379, 8080, 8443];

export type Seen = { address: string; port: number };
export type Asked = { host: string; method: string; url: string; headers: IncomingHttpHeaders };
/** A server that need not speak HTTP; it gets what was said first. */
export type Script = (socket: Socket, first: Buffer) => void;

export type World = {
  way: Way;
  resolve: Resolve;
  /** The same, for names that are not answered. */
  impatient: Resolve;
  detour: Detour | undefined;
  /** Where its web servers listen. */
  ports: Ports;
  names: NameServer;
  /** Says what a name resolves to. A name with a site needs none: it has the world's public address. */
  name(name: string, zone: Zone): void;
  site(host: string, serve: RequestListener): void;
  /** Takes over the connection after the first request, within TLS for https. */
  raw(host: string, script: Script): void;
  /** Takes over the connection at the first bytes of TLS. */
  bare(host: string, script: Script): void;
  /** Shows another certificate for a host. */
  certificate(host: string, shown: Shown): Promise<void>;
  requests: Asked[];
  /** Where connections came in, or were tried, that must not have been. Empty after a good run. */
  forbidden(): Seen[];
  /** How many connections came in, or were tried, at public addresses and usual ports. */
  allowed(): number;
  forget(): void;
  close(): Promise<void>;
};

export type Ports = { secure: number; plain: number };

/** Leads public addresses to the world's servers on loopback, and leaves all others alone: those must never be tried. */
export const detourTo = ({ secure, plain }: Ports): Detour => ({
  address: (address) => (PUBLIC.includes(address) ? LED : address),
  port: (port) => (port === 443 ? secure : port === 80 ? plain : port),
});

export async function openWorld(way: Way, authority: Authority): Promise<World> {
  const zones = new Map<string, Zone>();
  const sites = new Map<string, RequestListener>();
  const raws = new Map<string, Script>();
  const bares = new Map<string, Script>();
  const contexts = new Map<string, Promise<SecureContext>>();
  const connections: Seen[] = [];
  const requests: Asked[] = [];
  const isServed = (name: string) => sites.has(name) || raws.has(name) || bares.has(name);
  const names = await startNameServer(
    (name) => zones.get(name) ?? (isServed(name) ? { a: [[PUBLIC_V4]], aaaa: [[PUBLIC_V6]] } : undefined),
  );

  const http = createHttpServer((request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    const { method = '', url = '', headers } = request;
    requests.push({ host, method, url, headers });
    const serve = sites.get(host);
    if (serve) serve(request, response);
    else response.writeHead(404).end();
  });
  http.on('clientError', (_error, socket) => socket.destroy());
  const contextOf = (host: string): Promise<SecureContext> => {
    const context = contexts.get(host) ?? newCertificate(authority, { names: [host] });
    contexts.set(host, context);
    return context;
  };
  const tls = createTlsServer(
    {
      SNICallback: (host, done) => {
        contextOf(host).then((context) => done(null, context), done);
      },
    },
    (socket) => behindHost(socket, raws, http),
  );
  tls.on('tlsClientError', () => undefined);
  const secure = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (first) => {
      // The name stands in the first message of TLS as it is.
      const host = [...bares.keys()].find((name) => first.includes(name));
      const script = host === undefined ? undefined : bares.get(host);
      if (script) script(socket, first);
      else handOn(tls, socket, first);
    });
  });
  const plain = createServer((socket) => behindHost(socket, raws, http));

  const servers: Server[] = [];
  const open = new Set<Socket>();
  const listen = async (server: Server, port: number, host: string): Promise<number> => {
    server.on('connection', (socket: Socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      // Without a namespace attempts are written down where they start.
      if (way === 'namespace') connections.push({ address: socket.localAddress ?? '', port: socket.localPort ?? 0 });
    });
    server.listen(port, host);
    await once(server, 'listening');
    servers.push(server);
    return (server.address() as AddressInfo).port; // A TCP server: never a pipe's name.
  };
  let detour: Detour | undefined;
  let ports = { secure: 443, plain: 80 };
  let stopRecording = (): void => undefined;
  if (way === 'namespace') {
    await listen(secure, 443, '::');
    await listen(plain, 80, '::');
    for (const port of OTHER_PORTS)
      await listen(
        createServer((socket) => socket.destroy()),
        port,
        '::',
      );
  } else {
    const securePort = await listen(secure, 0, LED);
    const plainPort = await listen(plain, 0, LED);
    ports = { secure: securePort, plain: plainPort };
    detour = detourTo(ports);
    stopRecording = record((attempt) => connections.push(attempt));
  }
  const isAllowed = ({ address, port }: Seen): boolean =>
    way === 'recorded'
      ? address === LED
      : PUBLIC.includes(address.replace(/^::ffff:/, '')) && (port === 80 || port === 443);

  return {
    way,
    resolve: createResolve([names.address], { timeout: 10_000, tries: 8 }),
    impatient: createResolve([names.address], { timeout: 300, tries: 1 }),
    detour,
    ports,
    names,
    requests,
    name: (name, zone) => void zones.set(name, zone),
    site: (host, serve) => void sites.set(host, serve),
    raw: (host, script) => void raws.set(host, script),
    bare: (host, script) => void bares.set(host, script),
    async certificate(host, shown) {
      contexts.set(host, newCertificate(authority, shown));
      await contexts.get(host);
    },
    forbidden: () => connections.filter((connection) => !isAllowed(connection)),
    allowed: () => connections.filter(isAllowed).length,
    forget() {
      connections.length = 0;
      requests.length = 0;
    },
    async close() {
      stopRecording();
      names.close();
      for (const socket of open) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };
}

/** The Host line decides between a script and the HTTP server. */
function behindHost(socket: Socket, raws: ReadonlyMap<string, Script>, http: Server): void {
  socket.on('error', () => undefined);
  socket.once('data', (first) => {
    const host = /^host: ([^:\r\n]+)/im.exec(first.toString('latin1'))?.[1] ?? '';
    const script = raws.get(host);
    if (script) script(socket, first);
    else handOn(http, socket, first);
  });
}

function handOn(server: Server, socket: Socket, first: Buffer): void {
  socket.pause();
  socket.unshift(first);
  server.emit('connection', socket);
  // TLS takes what is buffered by itself.
  if (server instanceof HttpServer) socket.resume();
}

/** Writes down where every socket of this process tries to go, whoever made it and whatever becomes of it. */
export function record(note: (attempt: Seen) => void): () => void {
  const { connect: original } = Socket.prototype;
  // The overloads of `connect` are one function; it is called as it was.
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
    this.on('connectionAttempt', (address: string, port: number) => note({ address, port }));
    return Reflect.apply(original, this, args) as Socket;
  } as typeof original;
  return () => {
    Socket.prototype.connect = original;
  };
}

/** Tries an address on purpose: proves that whoever writes down connections would have seen it. */
export function knock(host: string, port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.on('error', () => resolve());
    socket.on('connect', () => socket.destroy());
    socket.on('close', () => resolve());
  });
}
