// SECURITY N-02: what name servers do to those who look twice, or once and badly.
import { due, PAGE, type Case } from './cases.ts';
import type { Zone } from './nameServer.ts';
import { PUBLIC_V4, PUBLIC_V6, type World } from './world.ts';

const INSIDE_V4 = [
  '127.0.0.1',
  '10.0.0.5',
  '172.16.9.9',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '168.63.129.16',
];
const INSIDE_V6 = [
  '::1',
  'fd00:ec2::254',
  'fe80::1',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  '::7f00:1',
  '2002:7f00:1::',
];

/** Each time another name, so that no answer of the run before is left in anything. */
let names = 0;
const newName = (): string => `trick-${(names += 1)}.example`;

const serve = (world: World, host: string): void =>
  world.site(host, (_request, response) => response.setHeader('content-type', 'text/html').end(PAGE));

const TIMES = 25;

function trick(name: string, expect: readonly string[], zone: Zone, more: Record<string, Zone> = {}): Case {
  const host = newName();
  return {
    corpus: 'N-02',
    name,
    due: due(`https://${host}/`),
    expect,
    times: TIMES,
    arrange(world) {
      serve(world, host);
      world.name(host, zone);
      for (const [other, said] of Object.entries(more)) world.name(other, said);
    },
  };
}

const NOT_PUBLIC = ['dns-gone:not-public'];

export const dnsTricks: Case[] = [
  ...INSIDE_V4.map((address) => trick(`an A record that says ${address}`, NOT_PUBLIC, { a: [[address]] })),
  ...INSIDE_V6.map((address) => trick(`an AAAA record that says ${address}`, NOT_PUBLIC, { aaaa: [[address]] })),
  ...INSIDE_V4.slice(0, 5).map((address) =>
    trick(`a public address and ${address} in one answer`, NOT_PUBLIC, { a: [[PUBLIC_V4, address]] }),
  ),
  ...INSIDE_V6.slice(0, 4).map((address) =>
    trick(`a public A record and ${address} as AAAA`, NOT_PUBLIC, { a: [[PUBLIC_V4]], aaaa: [[address]] }),
  ),
  trick('a private A record and a public AAAA record', NOT_PUBLIC, { a: [['10.0.0.1']], aaaa: [[PUBLIC_V6]] }),
  trick(
    'an alias of a private name',
    NOT_PUBLIC,
    { cname: 'inside.example' },
    { 'inside.example': { a: [['10.1.1.1']] } },
  ),
  trick(
    'a chain of aliases that ends inside',
    NOT_PUBLIC,
    { cname: 'one.example' },
    {
      'one.example': { cname: 'two.example' },
      'two.example': { cname: 'three.example' },
      'three.example': { a: [['169.254.169.254']] },
    },
  ),
  trick(
    'an alias that ends outside',
    ['ok'],
    { cname: 'outside.example' },
    { 'outside.example': { a: [[PUBLIC_V4]] } },
  ),
  trick('an alias that leads nowhere', ['dns-gone:no-such-name', 'dns-gone:no-address'], { cname: 'nowhere.example' }),
  trick('only an IPv6 address', ['ok'], { aaaa: [[PUBLIC_V6]] }),
  trick('both, all public', ['ok'], { a: [[PUBLIC_V4, '5.5.5.6']], aaaa: [[PUBLIC_V6]] }),
  trick('as many records as a message holds', ['ok'], { a: [[PUBLIC_V4]], copies: 1500 }),
  trick('as many records as a message holds, the last one inside', NOT_PUBLIC, {
    a: [[...Array.from({ length: 800 }, () => PUBLIC_V4), '10.0.0.1']],
  }),
  trick('no address at all', ['dns-gone:no-address'], { a: [[]] }),
  trick('NXDOMAIN', ['dns-gone:no-such-name'], { code: 3 }),
  trick('SERVFAIL', ['dns-gone:failing'], { code: 2 }),
  trick('REFUSED', ['dns-gone:failing'], { code: 5 }),
  { ...trick('a name server that says nothing', ['not-checked:resolver'], { silent: true }), times: 2, isSlow: true },
  { ...trick('NXDOMAIN, but late', ['not-checked:resolver'], { code: 3, delayMs: 2_000 }), times: 2, isSlow: true },
  ...INSIDE_V4.slice(0, 5).map((address): Case => ({
    ...trick(`rebinding: public first, then ${address}, with a TTL of 0`, NOT_PUBLIC, { a: [[PUBLIC_V4], [address]] }),
    times: 1,
  })),
  { ...trick('rebinding through IPv6', NOT_PUBLIC, { aaaa: [[PUBLIC_V6], ['::1']] }), times: 1 },
];
