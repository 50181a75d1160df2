// What stands before the process in production: TLS and nothing else.
import { createServer, type Server } from 'node:https';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { generate } from 'selfsigned';

export type TlsFront = { origin: string; close(): Promise<void> };

/** Answers HTTPS on a free port of this machine, under a certificate of its own, with what the process on `port` answers. */
export async function openTlsFront(port: number): Promise<TlsFront> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 86_400_000),
  });
  const front: Server = createServer({ key, cert }, (incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    // While the process starts again there is nobody behind.
    onward.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const address = front.address() as AddressInfo; // Listening on a port, so not a pipe's name.
  return {
    origin: `https://localhost:${address.port}`,
    async close() {
      front.closeAllConnections();
      front.close();
      await once(front, 'close');
    },
  };
}
