import { HandedIn } from '@waymark/domain';

/** What is wrong with a file before it is worth sending; `detail` says where. */
export type NoSignature = { fault: 'not-json' | 'malformed' | 'other-request'; detail: string };

/**
 * Reads a file that should hold a signature over a request, or several.
 * @param digest of what is to be signed
 */
export function readSignatureFile(text: string, digest: string): HandedIn | NoSignature {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { fault: 'not-json', detail: '' };
  }
  const parsed = HandedIn.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { fault: 'malformed', detail: issue ? `${issue.path.map(String).join('.')}: ${issue.message}` : '' };
  }
  if (parsed.data.digest !== digest) return { fault: 'other-request', detail: parsed.data.digest };
  return parsed.data;
}
