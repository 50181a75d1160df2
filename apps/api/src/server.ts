import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';

/** SECURITY §4 HTTP server: slow and endless senders are cut off, and nobody holds a socket for nothing. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16 * 1024,
};
const MOST_CONNECTIONS = 2_000;
const PATIENCE = 10_000;

export type Listening = {
  port: number;
  /** Takes no new requests, lets running ones finish for ten seconds, then cuts. */
  close(): Promise<void>;
};

type Fetch = Parameters<typeof getRequestListener>[0];

/**
 * Listens, then asks for the application: it needs to know its port to know its origin.
 * @throws Error of Node when the address is taken or not ours
 */
export async function listen(
  options: { host: string; port: number },
  makeApp: (port: number) => { fetch: Fetch },
): Promise<Listening> {
  let fetch: Fetch = () => new Response(null, { status: 503 });
  // Timeouts of its own and no handler of signals: both are ours.
  const server = createServer(
    LIMITS,
    getRequestListener((request, env) => fetch(request, env), { overrideGlobalObjects: false }),
  );
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo; // A TCP server: never a pipe's name.
  try {
    const app = makeApp(port);
    fetch = (request, env) => app.fetch(request, env);
  } catch (error) {
    server.close();
    throw error;
  }
  return { port, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), PATIENCE);
    // A connection becomes idle when its last answer is out, which is later than now.
    const tidy = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(tidy);
      resolve();
    });
  });
}
