const TIMEOUT_MS = 10_000;

/**
 * Gives a cosigned checkpoint to the server that makes the log.
 * @param server its address, e.g. https://directory.example.org; @param checkpoint the note as the witness keeps it
 * @returns why it was not taken, as a sentence; undefined when it was
 */
export async function handBackTo(server: string, checkpoint: string): Promise<string | undefined> {
  const address = new URL('/public/v1/log/cosignatures', server);
  const answer = await fetch(address, {
    method: 'POST',
    // What the server asks of every change (SECURITY F7); a program may say it, a foreign page may not.
    headers: { 'content-type': 'application/json', origin: address.origin, 'x-requested-by': 'waymark' },
    body: JSON.stringify({ checkpoint }),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => undefined);
  if (!answer) return `${address.origin} does not answer`;
  if (answer.ok) return undefined;
  const problem = (await answer.json().catch(() => ({}))) as { title?: string; detail?: string };
  return [`${address.origin} answers ${answer.status}`, problem.title, problem.detail].filter(Boolean).join(': ');
}
