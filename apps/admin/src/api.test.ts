import { afterEach, describe, expect, it, vi } from 'vitest';
import { api, isStale, problemOf, sessionEnd, toDotted } from './api.ts';

type Call = { url: string; init: RequestInit };

/** The network, answering once; what was asked is kept. */
function network(answer: () => Response): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    calls.push({ url, init });
    return Promise.resolve(answer());
  });
  return calls;
}

const problem = (status: number, body: object) => () =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json' } });

async function failureOf(promise: Promise<unknown>) {
  try {
    await promise;
  } catch (error) {
    return problemOf(error);
  }
  throw new Error('It did not fail');
}

afterEach(() => vi.unstubAllGlobals());

describe('a change sent to the server', () => {
  it('says what was read, where it comes from, and that it is JSON', async () => {
    const calls = network(() => new Response('{}'));
    await api.post('/proposals/1/review', { decision: 'approve' }, { ifMatch: 3, idempotencyKey: 'once' });
    expect(calls).toEqual([
      {
        url: '/api/v1/proposals/1/review',
        init: {
          method: 'POST',
          credentials: 'same-origin',
          body: '{"decision":"approve"}',
          headers: {
            Accept: 'application/json',
            'Content-Type': 'application/json',
            'X-Requested-By': 'waymark',
            'If-Match': '"3"',
            'Idempotency-Key': 'once',
          },
        },
      },
    ]);
  });

  it('puts the errors of the server on the fields of the form', async () => {
    network(
      problem(422, { code: 'document-invalid', title: 'x', errors: [{ path: '/channels/0/value', message: 'No' }] }),
    );
    const refused = await failureOf(api.post('/proposals', {}));
    expect(refused).toMatchObject({ status: 422, code: 'document-invalid', errors: { 'channels.0.value': 'No' } });
    expect(isStale(refused)).toBe(false);
  });

  it('tells a change by somebody else from every other refusal', async () => {
    network(problem(412, { code: 'stale-revision', title: 'x' }));
    expect(isStale(await failureOf(api.patch('/proposals/1', {}, { ifMatch: 1 })))).toBe(true);
  });
});

describe('a question to the server', () => {
  it('leaves out filters that are empty, and joins lists', async () => {
    const calls = network(() => new Response('{"data":[]}'));
    await api.get('/entries', { query: { q: '116 111', kind: '', country: undefined, ids: ['a', 'b'], page: 1 } });
    expect(calls[0]?.url).toBe('/api/v1/entries?q=116+111&ids=a%2Cb&page=1');
    expect(calls[0]?.init.headers).toEqual({ Accept: 'application/json' });
  });

  it('is answered with nothing where there is nothing', async () => {
    network(() => new Response(null, { status: 204 }));
    await expect(api.delete('/session')).resolves.toBeUndefined();
  });
});

describe('an answer that is none of ours', () => {
  it('is said to be unreadable, with its status', async () => {
    network(() => new Response('<html>Bad Gateway</html>', { status: 502 }));
    await expect(failureOf(api.get('/queue'))).resolves.toMatchObject({ code: 'unreadable', status: 502 });
  });

  it('is not taken for data', async () => {
    network(() => new Response('<html>Sign in to the hotel network</html>'));
    await expect(failureOf(api.get('/queue'))).resolves.toMatchObject({ code: 'unreadable' });
  });

  it('is called offline when none came', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(failureOf(api.get('/queue'))).resolves.toMatchObject({ code: 'offline', status: 0 });
  });
});

describe('the end of a session', () => {
  const ends = async (body: object, status: number) => {
    network(problem(status, body));
    const heard = vi.fn<() => void>();
    sessionEnd.addEventListener('end', heard);
    await failureOf(api.get('/queue'));
    sessionEnd.removeEventListener('end', heard);
    return heard.mock.calls.length;
  };

  it('is told to whoever listens', async () => {
    await expect(ends({ code: 'not-signed-in', title: 'x' }, 401)).resolves.toBe(1);
  });

  it('is not a wrong password, nor a role that does not allow something', async () => {
    await expect(ends({ code: 'wrong-credentials', title: 'x' }, 401)).resolves.toBe(0);
    await expect(ends({ code: 'not-permitted', title: 'x' }, 403)).resolves.toBe(0);
  });
});

describe('the name of a field', () => {
  it.each([
    ['/names/en/text', 'names.en.text'],
    ['/a~1b/c~0d', 'a/b.c~d'],
    ['', ''],
  ])('%s becomes %s', (pointer, dotted) => expect(toDotted(pointer)).toBe(dotted));
});
