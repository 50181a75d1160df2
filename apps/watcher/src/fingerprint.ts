/** Signs that overlap: so much text must a page have to be compared at all. */
const SHINGLE = 5;
const FEWEST = 60;
const MOST_LETTERS = 100_000;
/** Of 64 digits; unrelated texts differ in half of them, small edits in a few. */
const ANOTHER = 20;

/**
 * Fingerprint of a text in which like texts have like digits (simhash over runs of letters): it tells a page with another
 * opening hour from a page of somebody else, without keeping a word of either. Works for scripts without spaces too.
 * @returns 16 hex digits, or undefined for a text too short to tell
 */
export function fingerprintOf(text: string): string | undefined {
  const letters = (text.slice(0, MOST_LETTERS * 2).match(/\p{L}+/gu) ?? [])
    .join('')
    .toLowerCase()
    .slice(0, MOST_LETTERS);
  const seen = new Set<string>();
  for (let at = 0; at + SHINGLE <= letters.length; at += 1) seen.add(letters.slice(at, at + SHINGLE));
  if (seen.size < FEWEST) return undefined;
  const votes = new Int32Array(64);
  for (const shingle of seen) {
    const halves = [hash(shingle, 0x811c9dc5), hash(shingle, 0x1b873593)];
    for (let bit = 0; bit < 64; bit += 1) {
      const half = halves[bit >> 5] ?? 0;
      votes[bit] = (votes[bit] ?? 0) + ((half >>> (bit & 31)) & 1 ? 1 : -1);
    }
  }
  let bits = 0n;
  for (const vote of votes) bits = (bits << 1n) | (vote > 0 ? 1n : 0n);
  return bits.toString(16).padStart(16, '0');
}

/** FNV-1a, stirred once more: its high digits alone vary too little. */
function hash(text: string, seed: number): number {
  let state = seed;
  for (let i = 0; i < text.length; i += 1) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  state ^= state >>> 16;
  state = Math.imul(state, 0x85ebca6b);
  return state ^ (state >>> 13);
}

/** In how many of 64 digits two fingerprints differ. */
export function distance(a: string, b: string): number {
  let different = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  for (; different > 0n; different &= different - 1n) count += 1;
  return count;
}

/** True when the page is another one, not the same with changes. */
export const isAnotherPage = (before: string, now: string): boolean => distance(before, now) > ANOTHER;
