import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { TargetsPayload } from './payload.ts';
import type { Findings } from './refusal.ts';

/** Which files that would be signed were made again here, or looked at in another way that says as much. */
export function newProof({ targets }: TargetsPayload, findings: Findings) {
  const seen = new Set<string>();
  return {
    isSigned: (path: string) => Object.hasOwn(targets, path),
    /** The file as it was made here. @param how it was made, where others may make it otherwise */
    expect(path: string, hash: string, how = ''): void {
      seen.add(path);
      if (Object.hasOwn(targets, path) && targets[path]?.hashes.sha256 !== hash)
        findings.refuse('form-differs', `${path}${how}`);
    },
    /** Nothing speaks against the file. */
    see(path: string): void {
      seen.add(path);
    },
    refuse(path: string, why: string): void {
      seen.add(path);
      findings.refuse('form-differs', `${path}: ${why}`);
    },
    /** Paths that nothing was said of. */
    rest: () => Object.keys(targets).filter((path) => !seen.has(path)),
  };
}
export type Proof = ReturnType<typeof newProof>;

/** SHA-256 of a text, hex. */
export function hashOfText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
