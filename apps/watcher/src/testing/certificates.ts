// Certificates of the scripted world, for one run: an authority that the watcher is told to trust, and what servers show.
import { createSecureContext, type SecureContext } from 'node:tls';
import { generate } from 'selfsigned';

export type Authority = { key: string; cert: string };

const DAY = 86_400_000;
const ec = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;

export async function newAuthority(): Promise<Authority> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Scripted World' }], {
    ...ec,
    notAfterDate: new Date(Date.now() + 2 * DAY),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { key, cert };
}

/** What a server shows to whoever asks for a name. */
export type Shown = {
  names: string[];
  organisation?: string;
  /** Days from now; both may lie in the past. */
  from?: number;
  until?: number;
  selfSigned?: boolean;
};

export async function newCertificate(authority: Authority, shown: Shown): Promise<SecureContext> {
  const { names, organisation, from = -30, until = 60, selfSigned = false } = shown;
  const made = await generate(
    [
      { name: 'commonName', value: names[0] ?? 'nobody' },
      ...(organisation === undefined ? [] : [{ name: 'organizationName', value: organisation }]),
    ],
    {
      ...ec,
      notBeforeDate: new Date(Date.now() + from * DAY),
      notAfterDate: new Date(Date.now() + until * DAY),
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2 as const, value })) },
      ],
      ...(selfSigned ? {} : { ca: authority }),
    },
  );
  return createSecureContext({ key: made.private, cert: made.cert });
}
