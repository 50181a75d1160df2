import { Client, errors } from 'undici';
import { codeOf, createConnector, NameRefused, type Detour, type Resolve } from '@waymark/egress';

/** Where messages may go and how long they may take. */
export type Courier = { resolve: Resolve; detour?: Detour | undefined };

/** Why a message did not arrive. A closed list, since it is shown and logged: never what the other side wrote. */
export type PostFailure =
  'not-public' | 'no-such-name' | 'timeout' | 'connection' | 'tls' | 'redirect' | `status-${number}`;

const TOTAL_MS = 15_000;
const CONNECT_MS = 5_000;

/**
 * Sends one message: POST over https to a public address (SECURITY §2.H), no redirect is followed, of the answer only the status is
 * read.
 * @returns why it did not arrive; nothing when the answer was 2xx
 */
export async function postWebhook(
  url: string,
  message: { headers: Record<string, string>; body: string },
  { resolve, detour }: Courier,
): Promise<PostFailure | undefined> {
  const { origin, pathname, search, protocol, port } = new URL(url);
  if (protocol !== 'https:' || port !== '') return 'not-public';
  const connect = createConnector({ resolve, detour, timeout: CONNECT_MS, onCertificate: () => {} });
  const client = new Client(origin, { connect, maxHeaderSize: 16 * 1024, pipelining: 0 });
  try {
    const { statusCode, body } = await client.request({
      method: 'POST',
      path: pathname + search,
      headers: { 'content-type': 'application/json', 'user-agent': 'waymark-webhook', ...message.headers },
      body: message.body,
      signal: AbortSignal.timeout(TOTAL_MS),
      headersTimeout: TOTAL_MS,
      bodyTimeout: TOTAL_MS,
    });
    body.on('error', () => {});
    body.destroy();
    if (statusCode >= 200 && statusCode < 300) return undefined;
    return statusCode >= 300 && statusCode < 400 ? 'redirect' : `status-${statusCode}`;
  } catch (error) {
    return failureOf(error);
  } finally {
    await client.destroy();
  }
}

function failureOf(error: unknown): PostFailure {
  if (error instanceof NameRefused) {
    const { result } = error;
    return 'reason' in result && result.reason === 'not-public' ? 'not-public' : 'no-such-name';
  }
  if (error instanceof errors.ConnectTimeoutError || error instanceof errors.HeadersTimeoutError) return 'timeout';
  if (error instanceof Error && error.name === 'TimeoutError') return 'timeout';
  return /CERT|SSL|TLS|SIGNED|SIGNATURE|ISSUER/i.test(codeOf(error)) ? 'tls' : 'connection';
}
