/** Changes between capitals, small letters and digits: random text has many, words and numbers few. */
const turns = (token: string): number =>
  (token.match(/[a-z](?=[A-Z\d])|[A-Z](?=\d)|[A-Z](?=[a-z])|\d(?=[A-Za-z])/g) ?? []).length;
const kinds = (token: string): number => [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(token)).length;

const B64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Base64 as text if all of it is printable ASCII, or nothing. */
function decodeBase64(token: string): string {
  let bits = 0;
  let held = 0;
  let out = '';
  for (const c of token.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/')) {
    held = ((held << 6) | B64.indexOf(c)) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += String.fromCharCode((held >> bits) & 0xff);
    }
  }
  return /^[\x20-\x7e]{6,}$/.test(out) ? out : '';
}

const decodeHex = (token: string): string => {
  const text = (token.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('');
  return token.length % 2 === 0 && /^[\x20-\x7e]{6,}$/.test(text) ? text : '';
};

const NAMED_DIGEST = /\b(?:md5|sha-?(?:1|224|256|384|512)|photodna|crc-?32|pdq|infohash|btih|ed2k|ipfs|ipns)\b/iu;
/** Digests and identifiers in groups, with letters among the digits. */
const HEX_GROUPS = /\b(?:[0-9a-f]{4,}[\s:-]){1,}[0-9a-f]{4,}\b|\b(?:[0-9a-f]{2}[\s:]){7,}[0-9a-f]{2}\b/giu;
const isHexGroups = (found: string): boolean => {
  const solid = found.replace(/[\s:-]/g, '');
  const letters = solid.replace(/\d/g, '').length;
  return (solid.length >= 24 || /^..[\s:]/.test(found)) && letters >= 1 && solid.length - letters >= 4;
};
/** Letters by their numbers, in twos and eights, or in Morse. */
const NUMBERED = /(?<!\d)(?:\d{2,3}[\s,]{1,2}){7,}\d{2,3}(?!\d)/gu;
const BINARY = /(?<![01])(?:[01]{8}\s){3,}[01]{8}(?!\d)/u;
const MORSE = /(?:(?<!\S)[.-]{1,6}\s){8,}/u;
const isNumberedText = (found: string): boolean => {
  const text = found
    .split(/[\s,]+/)
    .map((n) => String.fromCharCode(Number(n)))
    .join('');
  return /^[a-z\d.:/_-]+$/i.test(text) && /[a-z]{3}/i.test(text);
};
const TOKEN = /[A-Za-z0-9+/_=-]{8,}/gu;
/** Lines of equal length that belong together. */
const CHUNKS = /(?:(?<![\w+/=])[A-Za-z0-9+/=]{8} ){2,}[A-Za-z0-9+/=]{1,8}(?![\w+/=])/gu;

function isBlob(token: string): boolean {
  const solid = token.replace(/[_=-]/g, '');
  const mixed = /\d/.test(solid) && /[a-z]/i.test(solid);
  if (/^[0-9a-f]{20,}$/i.test(solid) && mixed && (solid.length >= 32 || decodeHex(solid) !== '')) return true;
  const longest = Math.max(...token.split(/[-/_=]/).map((part) => part.length));
  if (longest >= 32 && mixed) return true;
  if (token.endsWith('=') && token.length >= 8 && kinds(token) >= 2) return true;
  if (solid.length >= 8 && kinds(solid) === 3 && turns(token) >= 5) return true;
  if (token.length >= 16 && kinds(token) === 3 && !/[-/]/.test(token) && turns(token) >= 4) return true;
  return token.length >= 12 && turns(token) >= 3 && /[.:/]/.test(decodeBase64(token));
}

/**
 * Does the text hold something encoded: base64, hexadecimal, a digest, a content address, a wallet?
 * @param text `plainReading` of what was written
 */
export function hasEncoded(text: string): boolean {
  if (NAMED_DIGEST.test(text)) return true;
  if ((text.match(HEX_GROUPS) ?? []).some(isHexGroups)) return true;
  if (BINARY.test(text) || MORSE.test(text) || (text.match(NUMBERED) ?? []).some(isNumberedText)) return true;
  const chunks = (text.match(CHUNKS) ?? [])
    .filter((found) => turns(found) >= 6)
    .map((found) => found.replaceAll(' ', ''));
  return [...(text.match(TOKEN) ?? []), ...chunks].some(isBlob);
}
