// SECURITY N-03: where a page may send us, and where we do not go.
import { due, PAGE, type Case } from './cases.ts';
import type { World } from './world.ts';

const STATUSES = [301, 302, 303, 307, 308];

let hosts = 0;
const newHost = (): string => `redirect-${(hosts += 1)}.example`;

/** A host whose pages are sent to where `to` says; `undefined` is a page. */
function leading(world: World, host: string, status: number, to: (path: string) => string | undefined): void {
  world.site(host, ({ url = '/' }, response) => {
    const location = to(url);
    if (location === undefined) response.setHeader('content-type', 'text/html').end(PAGE);
    else response.writeHead(status, { location }).end();
  });
}

function redirect(
  name: string,
  expect: readonly string[],
  to: (host: string, path: string) => string | undefined,
  status = 302,
): Case {
  const host = newHost();
  return {
    corpus: 'N-03',
    name,
    due: due(`https://${host}/`),
    expect,
    arrange: (world) => leading(world, host, status, (path) => to(host, path)),
  };
}

const once = (location: string) => (_host: string, path: string) => (path === '/' ? location : undefined);

function withStage(one: Case, arrange: (world: World, host: string) => void): Case {
  return { ...one, arrange: (world) => arrange(world, new URL(one.due.url).hostname) };
}

/** Who stands beside the hosts that redirect. */
export function arrangeNeighbours(world: World): void {
  world.name('intranet.internal', { a: [['10.20.30.40']] });
  world.name('rebound.example', { a: [['127.0.0.1']], aaaa: [['::1']] });
  world.site('parked.example', (_request, response) =>
    response.setHeader('content-type', 'text/html').end('This name is for sale'),
  );
  world.site('bounce.example', ({ url = '' }, response) => {
    response.writeHead(302, { location: `https://${url.split('=')[1]}/back` }).end();
  });
}

/** A takeover as much as any other foreign domain; what matters is that nobody connected. */
const FOREIGN = ['domain-changed'];

const INSIDE = [
  'http://127.0.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'http://[::1]/',
  'http://[::ffff:10.0.0.1]/',
  'https://2130706433/',
  '//127.0.0.1/',
  'http://168.63.129.16/',
  'http://0/',
];

export const redirects: Case[] = [
  ...STATUSES.flatMap((status) => INSIDE.map((to) => redirect(`${status} to ${to}`, FOREIGN, once(to), status))),
  ...STATUSES.map((status) => redirect(`${status} to another page of the host`, ['redirected'], once('/help'), status)),
  ...[22, 25, 81, 8080, 8443, 6379].map((port) =>
    redirect(`to port ${port} of the host`, ['redirected:port'], (host) => `https://${host}:${port}/`),
  ),
  redirect('to port 80 of the host over https', ['redirected:port'], (host) => `https://${host}:80/`),
  ...['file:///etc/passwd', 'ftp://127.0.0.1/', 'gopher://127.0.0.1/', 'javascript:alert(1)', 'data:text/html,x'].map(
    (to) => redirect(`to ${to}`, ['redirected:scheme', 'domain-changed'], once(to)),
  ),
  redirect('with a user name', ['redirected:credentials'], (host) => `https://user:pw@${host}/`),
  redirect('with a user name, to the inside', FOREIGN, once('https://redirect.example@127.0.0.1/')),
  redirect('from https to http', ['redirected:insecure'], (host, path) =>
    path === '/' ? `http://${host}/help` : undefined,
  ),
  redirect('from https to http and back', ['redirected:insecure'], (host, path) =>
    path === '/' ? `http://${host}/one` : path === '/one' ? `https://${host}/two` : undefined,
  ),
  redirect('to itself', ['redirected:loop'], () => '/'),
  redirect('in a circle of two', ['redirected:loop'], (_host, path) => (path === '/' ? '/one' : '/')),
  redirect('three hops', ['redirected'], (_host, path) =>
    ['/', '/1', '/2'].includes(path) ? `/${Number(path.slice(1)) + 1}` : undefined,
  ),
  redirect('four hops', ['redirected:too-many'], (_host, path) =>
    Number(path.slice(1)) < 4 ? `/${Number(path.slice(1)) + 1}` : undefined,
  ),
  redirect('21 hops', ['redirected:too-many'], (_host, path) => `/${Number(path.slice(1)) + 1}`),
  ...['http://', 'https://[', 'http://%', `https://${'a'.repeat(5000)}.example/`].map((to) =>
    redirect(`to junk: ${to.slice(0, 20)}`, ['redirected:malformed'], once(to)),
  ),
  withStage(
    redirect('without saying where', ['redirected:malformed'], () => undefined),
    (world, host) => world.site(host, (_request, response) => response.writeHead(302).end()),
  ),
  withStage(
    redirect('by a meta element, which nobody follows', ['ok'], () => undefined),
    (world, host) =>
      world.site(host, (_request, response) =>
        response
          .setHeader('content-type', 'text/html')
          .end(
            `<meta http-equiv="refresh" content="0;url=http://127.0.0.1/">${PAGE}<script>location='http://10.0.0.1'</script>`,
          ),
      ),
  ),
  withStage(
    redirect('with a Refresh header, which nobody follows', ['ok'], () => undefined),
    (world, host) =>
      world.site(host, (_request, response) =>
        response.writeHead(200, { refresh: '0;url=http://127.0.0.1/', 'content-type': 'text/html' }).end(PAGE),
      ),
  ),
  withStage(
    redirect('with a better address elsewhere (Alt-Svc), which nobody takes', ['ok'], () => undefined),
    (world, host) =>
      world.site(host, (_request, response) =>
        response.writeHead(200, { 'alt-svc': 'h2="127.0.0.1:443"', 'content-type': 'text/html' }).end(PAGE),
      ),
  ),
  redirect('to a name inside', FOREIGN, once('https://intranet.internal/')),
  redirect('to a name that resolves inside', FOREIGN, once('https://rebound.example/')),
  redirect('to somebody else', FOREIGN, once('https://parked.example/')),
  redirect('through somebody else and back', ['redirected'], (host, path) =>
    path === '/' ? `https://bounce.example/?back=${host}` : undefined,
  ),
];
