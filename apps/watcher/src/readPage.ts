import { Parser } from 'htmlparser2';

/** What a page says, as far as a machine without scripts sees it. Lives as long as the check. */
export type Page = {
  text: string;
  /** False where a person may see more: a page of scripts alone, or one made to exhaust us, of which the rest was left. */
  isAll: boolean;
};

const UNSEEN = new Set(['script', 'style', 'template', 'svg', 'head']);
/** Within a line; everything else separates. */
const INLINE = new Set(
  'a abbr acronym b bdi bdo big cite code data dfn em font i kbd mark nobr q s samp small span strong time tt u var wbr ins del'.split(
    ' ',
  ),
);
/** Where numbers and addresses stand that one can press. */
const PRESSED = /^(?:tel|sms|callto|mailto):|^https?:\/\/wa\.me\//i;
const SPOKEN = ['alt', 'title', 'aria-label'];
const FEWEST_LETTERS = 20;
/** Elements within elements cost the parser time by the square; no page for people has so many. */
const DEEPEST = 2_000;
const PIECE = 8 * 1024;

/**
 * Text of a page, a line break where the page separates. Links one can press and texts for screen readers count as text.
 * @param contentType as the server said it; without one the page counts as HTML
 */
export function readPage(body: Uint8Array, contentType: string): Page {
  const source = decode(body, contentType);
  if (/^text\/plain\b/i.test(contentType.trim())) return { text: source, isAll: true };
  const parts: string[] = [];
  let unseen = 0;
  let scripts = 0;
  let depth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (name === 'script') scripts += 1;
      if (UNSEEN.has(name)) unseen += 1;
      parts.push(INLINE.has(name) ? ' ' : '\n');
      if (unseen === 0) parts.push(...attributesOf(attributes));
    },
    ontext(text) {
      if (unseen === 0) parts.push(text.replace(/[ \t\r\n\f]+/g, ' '));
    },
    onclosetag(name) {
      depth -= 1;
      if (UNSEEN.has(name)) unseen = Math.max(0, unseen - 1);
      parts.push(INLINE.has(name) ? ' ' : '\n');
    },
  });
  let at = 0;
  for (; at < source.length && depth < DEEPEST; at += PIECE) parser.write(source.slice(at, at + PIECE));
  parser.end();
  const text = parts.join('').replace(/[ ]{2,}/g, ' ');
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const needsScripts = scripts > 0 && letters < FEWEST_LETTERS;
  return { text, isAll: at >= source.length && !needsScripts };
}

function attributesOf(attributes: Record<string, string>): string[] {
  const { href = '', 'data-cfemail': hidden } = attributes;
  const pressed = PRESSED.test(href)
    ? [`\n${unescapePercent(href).replace(/^(?:\w+:)|^https?:\/\/wa\.me\//i, '')}\n`]
    : [];
  const spoken = SPOKEN.flatMap((name) => (attributes[name] ? [`\n${attributes[name]}\n`] : []));
  return [...pressed, ...spoken, ...(hidden === undefined ? [] : [`\n${readHiddenMail(hidden)}\n`])];
}

function unescapePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Cloudflare hides mail addresses from machines: the first byte is mixed into all others. Readers see the address. */
function readHiddenMail(hex: string): string {
  if (!/^(?:[0-9a-f]{2}){3,300}$/i.test(hex)) return '';
  const [key = 0, ...rest] = Buffer.from(hex, 'hex');
  return String.fromCharCode(...rest.map((byte) => byte ^ key));
}

/** In what the server or the page says, as browsers do; digits and Latin letters are the same in nearly all of them. */
function decode(body: Uint8Array, contentType: string): string {
  const start = Buffer.from(body.subarray(0, 2048)).toString('latin1');
  const said = /charset\s{0,3}=\s{0,3}["']?([\w-]{1,40})/i;
  const label = said.exec(contentType)?.[1] ?? said.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
