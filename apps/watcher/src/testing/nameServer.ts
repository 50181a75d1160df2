// A name server that answers by a script, over UDP and TCP.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import dnsPacket from 'dns-packet';

export type Zone = {
  /** Addresses of each answer in turn; the last is repeated. One list answers always alike. */
  a?: string[][];
  aaaa?: string[][];
  cname?: string;
  /** NXDOMAIN 3, SERVFAIL 2, REFUSED 5. */
  code?: number;
  delayMs?: number;
  silent?: boolean;
  ttl?: number;
  /** So many records of the first address. */
  copies?: number;
};

export type NameServer = {
  address: string;
  /** Names that were asked for, in order. */
  asked: string[];
  /** Connections for answers too long for a datagram. */
  connections: number;
  close(): void;
};

/** @param zoneOf what is said about a name; undefined: there is no such name */
export async function startNameServer(zoneOf: (name: string) => Zone | undefined): Promise<NameServer> {
  const counts = new Map<string, number>();
  const server: NameServer = { address: '', asked: [], connections: 0, close: () => undefined };
  const answer = (query: Buffer): { bytes: Buffer; zone: Zone | undefined } => {
    const { id, questions = [] } = dnsPacket.decode(query);
    const [question] = questions;
    const name = question?.name.toLowerCase() ?? '';
    const type = question?.type ?? 'A';
    server.asked.push(name);
    const zone = zoneOf(name);
    const key = `${type} ${name}`;
    const turn = counts.get(key) ?? 0;
    counts.set(key, turn + 1);
    const answers = zone ? recordsOf(name, type, zone, turn, zoneOf) : [];
    const code = zone ? (zone.code ?? 0) : 3;
    return {
      zone,
      bytes: dnsPacket.encode({
        type: 'response',
        ...(id === undefined ? {} : { id }),
        flags: dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE | code,
        questions,
        answers,
      }),
    };
  };
  const udp = createSocket('udp4');
  udp.on('message', (query, from) => {
    const { bytes, zone } = answer(query);
    if (zone?.silent) return;
    // What does not fit is said over TCP.
    if (bytes.length > 1200) bytes.writeUInt16BE(bytes.readUInt16BE(2) | dnsPacket.TRUNCATED_RESPONSE, 2);
    const sent = bytes.length > 1200 ? truncated(bytes) : bytes;
    const send = () => udp.send(sent, from.port, from.address, () => undefined);
    if (zone?.delayMs) setTimeout(send, zone.delayMs);
    else send();
  });
  const tcp = createServer((socket) => {
    server.connections += 1;
    let got = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      got = Buffer.concat([got, data]);
      while (got.length >= 2 && got.length >= 2 + got.readUInt16BE(0)) {
        const size = got.readUInt16BE(0);
        const { bytes } = answer(got.subarray(2, 2 + size));
        got = got.subarray(2 + size);
        const length = Buffer.alloc(2);
        length.writeUInt16BE(bytes.length);
        socket.write(Buffer.concat([length, bytes]));
      }
    });
  });
  server.address = `127.0.0.1:${await listenOnBoth(tcp, udp)}`;
  server.close = () => {
    udp.close();
    tcp.close();
  };
  return server;
}

/** One number for both: the one that TCP was given may be taken for UDP, and then another is asked for. @returns the port */
async function listenOnBoth(tcp: Server, udp: Socket): Promise<number> {
  for (;;) {
    tcp.listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address() as AddressInfo; // A TCP server: never a pipe's name.
    try {
      udp.bind(port, '127.0.0.1');
      await once(udp, 'listening');
      return port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      tcp.close();
      await once(tcp, 'close');
    }
  }
}

/** Header and question alone, marked as cut off. */
function truncated(bytes: Buffer): Buffer {
  const { id, questions = [] } = dnsPacket.decode(bytes);
  return dnsPacket.encode({
    type: 'response',
    ...(id === undefined ? {} : { id }),
    flags: dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE | dnsPacket.TRUNCATED_RESPONSE,
    questions,
  });
}

function recordsOf(
  name: string,
  type: string,
  zone: Zone,
  turn: number,
  zoneOf: (name: string) => Zone | undefined,
): dnsPacket.Answer[] {
  const ttl = zone.ttl ?? 0;
  if (zone.cname !== undefined) {
    const led = zoneOf(zone.cname);
    const alias: dnsPacket.Answer = { type: 'CNAME', name, ttl, data: zone.cname };
    return [alias, ...(led ? recordsOf(zone.cname, type, led, turn, zoneOf) : [])];
  }
  const script = type === 'A' ? zone.a : type === 'AAAA' ? zone.aaaa : undefined;
  const addresses = script?.[Math.min(turn, script.length - 1)] ?? [];
  const copies = zone.copies ?? 1;
  return addresses.flatMap((data) =>
    Array.from({ length: copies }, (): dnsPacket.Answer => ({ type: type === 'A' ? 'A' : 'AAAA', name, ttl, data })),
  );
}
