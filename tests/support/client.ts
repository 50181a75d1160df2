// A signed-in person's requests, as the admin sends them.

export type Answer<T = unknown> = { status: number; body: T; headers: Headers };

export type Client = {
  get<T = unknown>(path: string, headers?: Record<string, string>): Promise<Answer<T>>;
  post<T = unknown>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  put<T = unknown>(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  patch<T = unknown>(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  delete<T = unknown>(path: string, headers?: Record<string, string>): Promise<Answer<T>>;
  /** Sends the bytes of a file, as they are. */
  send<T = unknown>(path: string, bytes: Uint8Array, headers?: Record<string, string>): Promise<Answer<T>>;
  cookie: string;
};

/** Where requests go, and as whose page: behind a proxy people type another address than the process listens on. */
export type Address = { url: string; origin?: string | undefined };

/** Signs in a demo person by one click. @param name as the sign-in page shows it, e.g. `Demo Curator` */
export async function signIn(url: string, name: string, origin?: string): Promise<Client> {
  const nobody = openClient({ url, origin });
  const instance = await nobody.get<{ demoPeople: { id: string; name: string }[] }>('/instance');
  const person = instance.body.demoPeople.find((p) => p.name === name);
  if (!person) throw new Error(`There is no ${name}`);
  return enter({ url, origin }, await nobody.post('/session/demo', { userId: person.id }));
}

/** Signs in with address and password. @throws Error when that is refused */
export async function signInByPassword(
  at: Address,
  { email, password }: { email: string; password: string },
): Promise<Client> {
  return enter(at, await openClient(at).post('/session', { email, password }));
}

function enter(at: Address, session: Answer): Client {
  if (session.status !== 200) throw new Error(`Cannot sign in: ${session.status} ${JSON.stringify(session.body)}`);
  return openClient(at, session.headers.get('set-cookie')?.split(';')[0] ?? '');
}

/** Requests of somebody who holds this cookie; of nobody without one. */
export function openClient({ url, origin = url }: Address, cookie = ''): Client {
  const send = <T>(method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    request<T>({ url, origin }, method, `/api/v1${path}`, body, { ...(cookie === '' ? {} : { cookie }), ...headers });
  return {
    cookie,
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body = {}, headers = {}) => send('POST', path, body, headers),
    put: (path, body, headers = {}) => send('PUT', path, body, headers),
    patch: (path, body, headers = {}) => send('PATCH', path, body, headers),
    delete: (path, headers = {}) => send('DELETE', path, undefined, headers),
    send: (path, bytes, headers = {}) =>
      send('POST', path, bytes, { 'content-type': 'application/octet-stream', ...headers }),
  };
}

async function request<T>(
  { url, origin }: { url: string; origin: string },
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const unsafe: Record<string, string> =
    method !== 'GET' ? { origin, 'content-type': 'application/json', 'x-requested-by': 'waymark' } : {};
  const answer = await fetch(url + path, {
    method,
    // The server hangs up on who is silent for five seconds; a test that computed so long would write to a dead connection.
    headers: { connection: 'close', ...unsafe, ...headers },
    ...(body === undefined ? {} : { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  // The test knows which answer this address gives.
  return {
    status: answer.status,
    body: (isJson && text !== '' ? JSON.parse(text) : text) as T,
    headers: answer.headers,
  };
}
