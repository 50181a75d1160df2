import { isIP, type LookupFunction, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { isPublicAddress } from './address.ts';
import { NameRefused, type Resolve } from './resolve.ts';

/** What a certificate says that we look at. */
export type Certificate = { validFrom: number; validTo: number; organisation: string | undefined };

/** Where tests have their world: beside real addresses and ports. The process itself never sets it. */
export type Detour = {
  address: (address: string) => string;
  port: (port: number) => number;
  /** An authority trusted beside none other, PEM. */
  ca?: string;
};

/**
 * Connects to public addresses and ports 80 and 443 alone. The address is judged in the very lookup the socket uses, so there is no
 * second answer of a name server to be fooled by; an address in place of a name is judged before the socket is made. Name in SNI and
 * Host stay as they were.
 */
export function createConnector(options: {
  resolve: Resolve;
  timeout: number;
  onCertificate: (certificate: Certificate) => void;
  detour?: Detour | undefined;
}): buildConnector.connector {
  const { resolve, timeout, onCertificate, detour } = options;
  const lookup: LookupFunction = (name, { all }, callback) => {
    resolve(name).then(
      (addresses) => {
        const led = addresses.map(({ address }) => {
          const to = detour?.address(address) ?? address;
          return { address: to, family: isIP(to) };
        });
        const [first] = led;
        if (all) callback(null, led);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: Error) => callback(error, ''),
    );
  };
  const connect = buildConnector({
    lookup,
    timeout,
    allowH2: false,
    maxCachedSessions: 0,
    // An environment variable could switch it off otherwise.
    rejectUnauthorized: true,
    keepAlive: false,
    ...(detour?.ca === undefined ? {} : { ca: detour.ca }),
  });
  return (target, callback) => {
    const port = Number(target.port || (target.protocol === 'https:' ? 443 : 80));
    if (port !== 80 && port !== 443) return callback(refused(), null);
    const isAddress = isIP(target.hostname) !== 0;
    if (isAddress && !isPublicAddress(target.hostname)) return callback(refused(), null);
    const hostname = isAddress ? (detour?.address(target.hostname) ?? target.hostname) : target.hostname;
    return connect({ ...target, hostname, port: String(detour?.port(port) ?? port) }, (error, socket) => {
      if (error) return callback(error, null);
      const seen = certificateOf(socket);
      if (seen) onCertificate(seen);
      return callback(null, socket);
    });
  };
}

const refused = () => new NameRefused({ outcome: 'dns-gone', reason: 'not-public' });

function certificateOf(socket: Socket): Certificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const { valid_from, valid_to, subject } = socket.getPeerCertificate();
  return { validFrom: Date.parse(valid_from), validTo: Date.parse(valid_to), organisation: [subject?.O].flat()[0] };
}
