import { LogDefect } from './defect.ts';

/**
 * Base64 of RFC 4648 §4, as C2SP notes have it. Our own, because the domain compiles without Node's Buffer and the DOM's
 * `btoa`, and because one value must have one spelling: what Buffer would let pass (spaces, loose bits) is refused here.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SHAPE = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const digit = (shift: number) => ALPHABET.charAt((bits >> shift) & 63);
    text += digit(18) + digit(12) + (b === undefined ? '=' : digit(6)) + (c === undefined ? '=' : digit(0));
  }
  return text;
}

/** @throws LogDefect `malformed` for anything that `toBase64` would not have written */
export function fromBase64(text: string): Uint8Array {
  if (!SHAPE.test(text)) throw new LogDefect('malformed', 'not base64');
  const digits = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const digit of digits) {
    bits = ((bits << 6) | ALPHABET.indexOf(digit)) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at] = (bits >> held) & 255;
    at += 1;
  }
  if ((bits & ((1 << held) - 1)) !== 0) throw new LogDefect('malformed', 'not base64: loose bits at the end');
  return bytes;
}
