import { topLevelDomains } from '../tables/topLevelDomains.ts';
import { skeleton } from '../text.ts';
import { closeGaps, joinSpelled, reversed, rotated, spokenDots, turned, undressDots } from './readings.ts';

const TOP_LEVEL: ReadonlySet<string> = new Set(
  [
    ...topLevelDomains.trim().split(/\s+/),
    'invalid',
    'example',
    'onion',
    'i2p',
    'bit',
    'eth',
    'localhost',
    'internal',
  ].map((name) => name.normalize('NFKD').replace(/\p{M}/gu, '')),
);
/** No everyday words: after these a host is meant even where spaces or words stand for the dot. */
const UNMISTAKABLE = [
  'com',
  'net',
  'org',
  'biz',
  'xyz',
  'onion',
  'i2p',
  'invalid',
  'example',
  'ru',
  'cn',
  'io',
  'gg',
  'cc',
  'tk',
  'eu',
  'uk',
];
const UNMISTAKABLE_SHAPES: ReadonlySet<string> = new Set(UNMISTAKABLE.map(skeleton));

/** Before a full stop these are short for something, so that what follows is no domain. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  (
    'str ul nr no tel ca bzw ggf vgl evtl inkl av avda n dr mr mrs ms st prof sr sra ext bhf e v c mo di mi do fr sa so mon tue wed thu ' +
    'fri sat sun lun mar mer jeu ven sam dim seg ter qua qui sex sab dom pn wt sr czw pt nd jan feb apr jun jul aug sep sept oct okt nov ' +
    'dec dez ст ул г д тел стр корп кв п им р пр наб обл пер пл пн вт ср чт пт сб вс'
  ).split(' '),
);

const HOST = /[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?(?:\.[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?)+/gu;

/** Digits that stand for letters, in a label that has letters too. */
const unleet = (label: string): string =>
  /\p{L}/u.test(label)
    ? label.replace(/[013457]/g, (c) => ({ 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't' })[c] ?? c)
    : label;

/** A full stop without a space behind it, and the next sentence begins. */
const isSentenceBreak = (labels: readonly string[]): boolean => {
  const [before = '', after = ''] = labels.slice(-2);
  return /^\p{Lu}\p{Ll}/u.test(after) && /\p{Ll}$|\d$/u.test(before) && !/^\p{Lu}/u.test(before);
};

function isHost(found: string): boolean {
  const labels = found.split('.');
  const lower = labels.map((label) => label.toLowerCase());
  const last = lower.at(-1) ?? '';
  if (/^\d+$/.test(last) || lower.every((label) => label.length === 1)) return false;
  if (last.startsWith('xn--') || lower.some((label) => label.startsWith('xn--'))) return true;
  const shape = skeleton(unleet(last));
  if (UNMISTAKABLE_SHAPES.has(shape) && !/^\p{Script=Cyrillic}+$/u.test(found.replaceAll('.', ''))) return true;
  if (!TOP_LEVEL.has(last)) return false;
  if (isSentenceBreak(labels)) return false;
  if (labels.length === 2) {
    const [first = ''] = lower;
    if (ABBREVIATIONS.has(first) || first.length === 1 || /^\d+$/.test(first)) return false;
  }
  return true;
}

const hosts = (text: string): string[] => text.match(HOST) ?? [];
const hasHost = (text: string): boolean => hosts(text).some(isHost);
/** A host that cannot be anything else, for readings that make hosts out of sentences. */
const hasUnmistakableHost = (text: string): boolean =>
  hosts(text).some((found) => {
    const labels = found.toLowerCase().split('.');
    return labels.length >= 2 && UNMISTAKABLE_SHAPES.has(skeleton(unleet(labels.at(-1) ?? ''))) && isHost(found);
  });

/** `scheme://`, also crippled (hxxp), and schemes that need no slashes. */
const SCHEME =
  /[a-z][a-z0-9+.-]{1,15}\s*:\s*\/\s*\/|\bh(?:xx|tx|xt|\*\*)p|(?:^|[\s(])\/\/[\p{L}\d]|\bwww\s*\.|\bmailto\s*:|\bdata\s*:\s*[a-z]+\s*\/|magnet\s*:|\burn\s*:\s*[a-z]+\s*:|\bjavascript\s*:|\/ip[fn]s\/|\bhttps?\W{0,3}[/\\]{2}|\b(?:t|wa|m)\s*\.\s*me\s*\//iu;
/** Files of pictures, films and their archives. */
const FILE = /[\p{L}\d_)-]\.(?:torrent|rar|7z|jpe?g|png|gif|webp|heic|mp4|mkv|avi|wmv)\b/iu;
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = new RegExp(`(?<!\\d|\\d\\.)(?!0\\d)${OCTET}(?:\\.(?!0\\d)${OCTET}){3}(?![\\d.]*\\d)`, 'u');
const IPV4_OCTAL = /(?<![\d.])0\d{2,3}(?:\.0\d{2,3}){3}(?!\d)/u;
const IPV4_HEX = /\b0x[0-9a-f]{6,}|\b0x[0-9a-f]{1,2}(?:\.0x[0-9a-f]{1,2}){3}/iu;
const IPV6 =
  /(?<![\p{L}\d:])(?:[0-9a-f]{1,4}:){2,7}(?::|[0-9a-f]{1,4})|(?<![\p{L}\d:])(?:[0-9a-f]{1,4}:){1,6}:[0-9a-f]{1,4}/giu;
const isIpv6 = (found: string): boolean =>
  (found.includes('::') || found.split(':').length >= 6) && /[a-f]|[0-9a-f]{3}/i.test(found);

const hasIp = (text: string): boolean =>
  IPV4.test(text) || IPV4_OCTAL.test(text) || IPV4_HEX.test(text) || (text.match(IPV6) ?? []).some(isIpv6);

const HIDDEN_SERVICE = /\b[a-z2-7]{16}(?:[a-z2-7]{40})?\W{0,4}\s*(?:dot|punkt)?\W{0,4}onion\b/iu;
/** An at sign with something on it. Alone between spaces it says a price or an hour. */
const AT = /\S@\S|(?:^|\s)@[\p{L}\d_]|[[({<]\s*(?:at|at|a|arroba|собака|arobase|klammeraffe)\s*[\])}>]/iu;

/**
 * Does the text lead somewhere: a link, a host, an IP address, an e-mail address, a hidden service, in plain or hidden?
 * @param text `plainReading` of what was written
 */
export function hasAddress(text: string): boolean {
  const undressed = undressDots(text);
  const spelled = joinSpelled(undressed);
  const inOrder = [text, undressed, spelled];
  if (inOrder.some((reading) => SCHEME.test(reading) || AT.test(reading) || hasIp(reading) || hasHost(reading)))
    return true;
  if (HIDDEN_SERVICE.test(text) || FILE.test(text)) return true;
  const spoken = spokenDots(undressed);
  const closed = [spoken, spokenDots(spelled), closeGaps(undressed), closeGaps(spoken), closeGaps(spelled)];
  if (closed.some((reading) => hasUnmistakableHost(reading) || IPV4.test(reading.replace(/\.\s/g, ' ')))) return true;
  return [reversed(text), reversed(spelled), turned(text), rotated(text)].some(
    (reading) => hasUnmistakableHost(reading) || /(?:https?|hxxps?):\/\//i.test(reading),
  );
}
