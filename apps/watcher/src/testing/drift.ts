// SECURITY N-05: what happens to pages over the years, and to those that nothing happened to.
import type { DueCheck } from '@waymark/domain';
import { due, PAGE } from './cases.ts';
import type { World } from './world.ts';

/** A page that was looked at once, and is another one at the second look. */
export type Drift = {
  name: string;
  host: string;
  due: DueCheck;
  before: (world: World) => void | Promise<void>;
  after: (world: World) => void | Promise<void>;
  /** What the second look must say. */
  expect: readonly string[];
};

let hosts = 0;
const show = (world: World, host: string, body: string, status = 200): void =>
  world.site(host, (_request, response) =>
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body),
  );

const PARKED = `<title>Domain for sale</title><p>This premium domain name may be available for purchase! Inquire now with our brokers,
who help thousands of buyers every day. Related searches: credit cards, car insurance, cheap flights, online casino, loans without
paperwork, best mattress. Privacy policy of the parking service. All rights reserved by the registrar.</p>`;
const LONG = `<title>Child Helpline</title><h1>We listen</h1><p>Call 116 111, day and night. Children and young people reach a counsellor
here, whatever it is about: school, home, friends, the internet. Talking to us is free and shows on no telephone bill. You need not
say your name. Our counsellors speak several languages; say which you prefer when somebody answers.</p><p>Write to us at
help@example.org or use the form, which is read every morning. If you are in danger now, call the emergency number.</p>
<p>Who we are: an association since 1998, financed by donations and by the state, member of networks of helplines.</p>`;

const phone: DueCheck['look'] = { for: 'phone', phone: { kind: 'short', digits: '116111', country: 'DE' } };
const mail: DueCheck['look'] = { for: 'address', address: 'help@example.org' };

type Stage = { host: string; world: World };

function drift(
  name: string,
  expect: readonly string[],
  after: (stage: Stage) => void | Promise<void>,
  options: {
    body?: string;
    look?: DueCheck['look'];
    domains?: boolean;
    before?: (stage: Stage) => void | Promise<void>;
    then?: Partial<DueCheck>;
  } = {},
): Drift {
  const host = `drift-${(hosts += 1)}.example`;
  const { body = LONG, look, domains = true, before } = options;
  return {
    name,
    host,
    due: due(`https://www.${host}/`, { ...(look ? { look } : {}), domains: domains ? [host] : [] }),
    before: async (world) => {
      show(world, `www.${host}`, body);
      await before?.({ host, world });
    },
    after: (world) => after({ host, world }),
    expect,
  };
}

const page =
  (body: string, status?: number) =>
  ({ host, world }: Stage) =>
    show(world, `www.${host}`, body, status);
const sent =
  (to: (host: string) => string, status = 301) =>
  ({ host, world }: Stage) => {
    show(world, 'parked.example', PARKED);
    show(world, 'kids-club.github.io', PARKED);
    show(world, host, LONG);
    world.site(`www.${host}`, (_request, response) => response.writeHead(status, { location: to(host) }).end());
  };

export const drifts: Drift[] = [
  drift(
    'another registrable domain',
    ['domain-changed'],
    sent(() => 'https://parked.example/lander'),
  ),
  drift(
    'another registrable domain, for a moment',
    ['domain-changed'],
    sent(() => 'https://parked.example/', 302),
  ),
  drift('a name that only looks like it', ['domain-changed'], ({ host, world }) => {
    const lookAlike = `${host.replace('.example', '')}.evil.example`;
    show(world, lookAlike, LONG);
    sent(() => `https://${lookAlike}/`)({ host, world });
  }),
  drift(
    'a shared hosting domain',
    ['domain-changed'],
    sent(() => 'https://kids-club.github.io/'),
  ),
  drift(
    'an inside address',
    ['domain-changed'],
    sent(() => 'http://192.168.0.1/'),
  ),
  drift(
    'a domain that is not there',
    ['domain-changed'],
    sent(() => 'https://vanished.invalid/'),
  ),
  drift('a parked page at the same address', ['page-changed'], page(PARKED)),
  drift('a parked page, where no domains are listed', ['page-changed'], page(PARKED), { domains: false }),
  drift('a parked page instead of the number', ['value-missing'], page(PARKED), { look: phone }),
  drift('NXDOMAIN', ['dns-gone:no-such-name'], ({ host, world }) => world.name(`www.${host}`, { code: 3 })),
  drift('a name without address', ['dns-gone:no-address'], ({ host, world }) => world.name(`www.${host}`, { a: [[]] })),
  drift('a name that leads inside', ['dns-gone:not-public'], ({ host, world }) =>
    world.name(`www.${host}`, { a: [['10.0.0.1']] }),
  ),
  drift('a broken zone', ['dns-gone:failing'], ({ host, world }) => world.name(`www.${host}`, { code: 2 })),
  drift('404', ['not-found'], page('gone', 404)),
  drift('410', ['not-found'], page('gone', 410)),
  drift('500', ['server-error'], page('oops', 500)),
  drift('503', ['server-error'], page('oops', 503)),
  drift('403, which says nothing', ['refused'], page('no robots', 403)),
  drift('429, which says nothing', ['refused'], page('slowly', 429)),
  drift('an expired certificate', ['tls-invalid'], ({ host, world }) =>
    world.certificate(`www.${host}`, { names: [`www.${host}`], from: -90, until: -1 }),
  ),
  drift('a certificate that ends soon', ['tls-expiring'], ({ host, world }) =>
    world.certificate(`www.${host}`, { names: [`www.${host}`], from: -80, until: 2 }),
  ),
  drift(
    'a certificate of another organisation',
    ['host-foreign:certificate'],
    ({ host, world }) => world.certificate(`www.${host}`, { names: [`www.${host}`], organisation: 'Parking Ltd' }),
    {
      before: ({ host, world }) =>
        world.certificate(`www.${host}`, { names: [`www.${host}`], organisation: 'Helpline e.V.' }),
    },
  ),
  drift(
    'a certificate renewed for the same organisation',
    ['ok'],
    ({ host, world }) =>
      world.certificate(`www.${host}`, { names: [`www.${host}`], organisation: 'Helpline e.V.', until: 90 }),
    {
      before: ({ host, world }) =>
        world.certificate(`www.${host}`, { names: [`www.${host}`], organisation: 'Helpline e.V.' }),
    },
  ),
  drift('another number on the page', ['value-missing'], page(LONG.replace('116 111', '116 000')), { look: phone }),
  drift('the number written another way', ['ok'], page(LONG.replace('116 111', '<b>116</b>-<b>111</b>')), {
    look: phone,
  }),
  drift('the number in a link alone', ['ok'], page(LONG.replace('116 111', '<a href="tel:116111">this number</a>')), {
    look: phone,
  }),
  drift(
    'the number in a comment and a script alone',
    ['value-missing'],
    page(`${LONG.replace('116 111', 'us')}<!-- 116 111 --><script>t='116111'</script>`),
    { look: phone },
  ),
  drift('a page that needs scripts', ['ok'], page('<div id="app"></div><script src="/app.js"></script>'), {
    look: phone,
  }),
  drift('another mail address', ['value-missing'], page(LONG.replace('help@example.org', 'help@example.net')), {
    look: mail,
  }),
  drift(
    'a mail address behind a shield',
    ['ok'],
    page(
      LONG.replace('help@example.org', '<a data-cfemail="2a424f465a6a4f524b475a464f0445584d">[email protected]</a>'),
    ),
    { look: mail },
  ),
  drift(
    'news on the page',
    ['ok'],
    page(LONG.replace('Who we are', 'New: we now have a chat in the evening. Who we are')),
    {},
  ),
  drift('other opening hours', ['ok'], page(LONG.replace('day and night', 'from two to eight')), {}),
  drift(
    'a move within the organisation',
    ['redirected'],
    sent((host) => `https://${host}/`),
  ),
  drift('an address without TLS', ['redirected:insecure'], ({ host, world }) => {
    world.site(`www.${host}`, ({ socket, url }, response) => {
      if ('encrypted' in socket) response.writeHead(301, { location: `http://www.${host}${url}` }).end();
      else response.setHeader('content-type', 'text/html').end(LONG);
    });
  }),
  drift('nothing at all', ['ok'], () => undefined, { body: PAGE }),
];

/** What the organisation lists may change while its page stays. */
export const relisted: {
  name: string;
  before: Partial<DueCheck>;
  after: Partial<DueCheck>;
  expect: readonly string[];
}[] = [
  {
    name: 'the domain is a former one',
    before: {},
    after: { formerDomains: ['relisted.example'] },
    expect: ['host-foreign:former-domain'],
  },
  {
    name: 'the domain is no longer listed',
    before: { domains: ['relisted.example'] },
    after: { domains: ['new-home.example'] },
    expect: ['host-foreign:outside-domains'],
  },
  { name: 'no domain was ever listed', before: {}, after: {}, expect: ['ok'] },
];

export function serveRelisted(world: World): void {
  show(world, 'relisted.example', LONG);
}
