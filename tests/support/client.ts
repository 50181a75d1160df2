// A signed-in person's requests, as the admin sends them.

export type Answer<T = unknown> = { status: number; body: T; headers: Headers };

export type Client = {
  get<T = unknown>(path: string, headers?: Record<string, string>): Promise<Answer<T>>;
  post<T = unknown>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  patch<T = unknown>(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  cookie: string;
};

/** Signs in a demo person by one click. @param name as the sign-in page shows it, e.g. `Demo Curator` */
export async function signIn(url: string, name: string): Promise<Client> {
  const instance = await request<{ demoPeople: { id: string; name: string }[] }>(url, 'GET', '/api/v1/instance');
  const person = instance.body.demoPeople.find((p) => p.name === name);
  if (!person) throw new Error(`There is no ${name}`);
  const session = await request(url, 'POST', '/api/v1/session/demo', { userId: person.id });
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  return {
    cookie,
    get: (path, headers) => request(url, 'GET', `/api/v1${path}`, undefined, { cookie, ...headers }),
    post: (path, body = {}, headers = {}) => request(url, 'POST', `/api/v1${path}`, body, { cookie, ...headers }),
    patch: (path, body, headers = {}) => request(url, 'PATCH', `/api/v1${path}`, body, { cookie, ...headers }),
  };
}

async function request<T>(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const unsafe: Record<string, string> =
    method !== 'GET' ? { origin: url, 'content-type': 'application/json', 'x-requested-by': 'waymark' } : {};
  const answer = await fetch(url + path, {
    method,
    headers: { ...unsafe, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
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
