// What tests of the disclosure guard send: texts it must refuse, made of neutral words and reserved names (`.invalid`, `.example`,
// documentation addresses, random digests), hidden in all the ways people hide an address or a word.
import type { Terms } from './terms.ts';

/** The same numbers for the same seed (mulberry32). */
export function seeded(seed: number) {
  let state = seed >>> 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T; // The index is inside.
  const letters = (alphabet: string, n: number): string =>
    Array.from({ length: n }, () => pick([...alphabet])).join('');
  return { random, below, pick, letters };
}
export type Seeded = ReturnType<typeof seeded>;

export type Canary = { kind: string; heldOut: boolean; text: string };

/** Of every ten kinds in the order they are written here, these were kept from the eyes of whoever tuned the guard. */
const HELD_OUT = new Set([1, 4, 7]);
export const isHeldOut = (index: number): boolean => HELD_OUT.has(index % 10);

const HEX = '0123456789abcdef';
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';

const names = ['meadow', 'pebble', 'stone', 'lantern', 'harbour', 'window', 'cedar', 'ribbon', 'marble', 'copper'];
const subs = ['www', 'files', 'board', 'pics', 'cdn7', 'share', 'x7k2', 'room', 'new', 'abc-77'];

function hostOf(r: Seeded): string {
  const name = r.below(4) === 0 ? `${r.pick(names)}-${r.below(90) + 10}` : r.pick(names) + r.pick(names);
  const sub = r.below(3) === 0 ? `${r.pick(subs)}.` : '';
  return `${sub}${name}.${r.pick(['invalid', 'example'])}`;
}
const pathOf = (r: Seeded): string => `/${r.letters(LOWER + '0123456789', 3 + r.below(6))}`;
const urlOf = (r: Seeded): string => `https://${hostOf(r)}${pathOf(r)}`;
const ipOf = (r: Seeded): string => `${r.pick(['192.0.2', '198.51.100', '203.0.113'])}.${r.below(256)}`;
const userOf = (r: Seeded): string => `${r.pick(names)}${r.pick(['_', '', '.'])}${r.below(90) + 10}`;
const mailOf = (r: Seeded): string => `${r.pick(names)}@${hostOf(r)}`;

const mapLetters = (text: string, to: (c: string) => string): string => [...text].map(to).join('');
const between = (text: string, join: string): string => [...text].join(join);
const reverse = (text: string): string => [...text].reverse().join('');
const dots = (text: string, dot: string): string => text.replaceAll('.', dot);
const shift = (from: number, to: number) => (c: string) =>
  /[a-z]/.test(c) ? String.fromCodePoint((c.codePointAt(0) ?? 0) - from + to) : c;
const fullWidth = (text: string): string =>
  mapLetters(text, (c) => (/[!-~]/.test(c) ? String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0) : c));
const table = (from: string, to: readonly string[]) => {
  const map = new Map([...from].map((c, i) => [c, to[i] ?? c]));
  return (c: string): string => map.get(c) ?? c;
};
const cyrillic = table('aceopxyi', [...'асеорхуі']);
const greek = table('ovnia', [...'ονηια']);
const smallCaps = table('abcdefghijklmnoprtuvwz', [...'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡᴢ']);
const leet = table('aeiost', [...'431057']);
const utf8 = (text: string): number[] => [...text].map((c) => c.charCodeAt(0));
const hexOf = (text: string): string =>
  utf8(text)
    .map((n) => n.toString(16).padStart(2, '0'))
    .join('');

const B64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
function base64(text: string): string {
  let out = '';
  const bytes = utf8(text);
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.slice(i, i + 3);
    out += B64.charAt(a >> 2) + B64.charAt(((a & 3) << 4) | ((b ?? 0) >> 4));
    out += b === undefined ? '=' : B64.charAt(((b & 15) << 2) | ((c ?? 0) >> 6));
    out += c === undefined ? '=' : B64.charAt(c & 63);
  }
  return out;
}

/** Ways to write an address so that a simple filter does not see it. */
const ADDRESSES: [string, (r: Seeded) => string][] = [
  ['https link', urlOf],
  ['http link', (r) => `http://${hostOf(r)}${pathOf(r)}`],
  ['www host', (r) => `www.${hostOf(r)}`],
  ['host and path', (r) => hostOf(r) + pathOf(r)],
  ['bare host', hostOf],
  ['hxxp', (r) => urlOf(r).replace('https', r.pick(['hxxps', 'hXXp', 'h**ps', 'https ', 'htxp']))],
  ['square dot', (r) => dots(hostOf(r), '[.]')],
  ['round dot', (r) => dots(hostOf(r), r.pick(['(.)', '{.}', '<.>', ' (.) ']))],
  ['bracketed word dot', (r) => dots(hostOf(r), r.pick(['(dot)', '[dot]', '{dot}', ' [ dot ] ', '<dot>']))],
  ['word dot', (r) => dots(hostOf(r), ' dot ')],
  ['word Punkt', (r) => dots(hostOf(r), r.pick([' punkt ', ' Punkt ', ' PUNKT ']))],
  ['word punto, ponto, point', (r) => dots(hostOf(r), r.pick([' punto ', ' ponto ', ' point ']))],
  ['word in Russian or Arabic', (r) => dots(hostOf(r), r.pick([' точка ', ' نقطة ', ' دوت ']))],
  ['full-width', (r) => fullWidth(hostOf(r))],
  ['other full stops', (r) => dots(hostOf(r), r.pick(['．', '。', '｡', '․', '﹒', '。 ']))],
  ['zero-width between letters', (r) => between(hostOf(r), r.pick(['\u200b', '\u200d', '\u2060', '\ufeff']))],
  ['zero-width around the dot', (r) => dots(hostOf(r), '\u200b.\u200c')],
  ['reversed host', (r) => reverse(hostOf(r))],
  ['reversed link', (r) => reverse(urlOf(r))],
  ['spaces around the dot', (r) => dots(hostOf(r), r.pick([' . ', ' .', '  .  ', '. ']))],
  ['spaced letters', (r) => between(hostOf(r), ' ')],
  ['Cyrillic letters', (r) => mapLetters(hostOf(r), cyrillic)],
  ['mathematical letters', (r) => mapLetters(hostOf(r), shift(0x61, r.pick([0x1d41a, 0x1d4ea, 0x1d5ba, 0x1d68a])))],
  ['circled letters', (r) => mapLetters(hostOf(r), shift(0x61, 0x24d0))],
  ['soft hyphens', (r) => between(hostOf(r), '\u00ad')],
  ['percent signs', (r) => mapLetters(hostOf(r), (c) => (r.below(2) ? `%${hexOf(c)}` : c)).replace('.', '%2e')],
  [
    'punycode',
    (r) => `xn--${r.letters(LOWER, 6)}-${r.letters(LOWER + '0123456789', 4)}.${r.pick(['invalid', 'example'])}`,
  ],
  ['middle dots', (r) => dots(hostOf(r), r.pick(['·', '•', '∙', '・', '‧', '⋅']))],
  ['entities', (r) => dots(hostOf(r), r.pick(['&#46;', '&period;', '&#x2e;']))],
  ['comma for a dot', (r) => hostOf(r).replaceAll('.', ',') + pathOf(r)],
  [
    'dressed word dot',
    (r) => dots(hostOf(r), r.pick(['-dot-', '_dot_', '*dot*', '/dot/', ' D O T ', '(d0t)', ' d0t '])),
  ],
  ['spaced scheme', (r) => `h t t p s : / / ${hostOf(r)}`],
  ['words for slashes', (r) => `${dots(hostOf(r), ' dot ')} slash ${r.letters(LOWER, 5)}`],
  ['line break in the host', (r) => hostOf(r).replace(/\.(?=[^.]*$)/, '.\n')],
  ['marks on letters', (r) => mapLetters(hostOf(r), (c) => c + r.pick(['\u0332', '\u0336', '\u0301', '\u20e3']))],
  ['turned round by a control', (r) => `\u202e${reverse(hostOf(r))}\u202c`],
  ['random capitals', (r) => mapLetters(urlOf(r), (c) => (r.below(2) ? c.toUpperCase() : c))],
  ['port', (r) => `${hostOf(r)}:${8000 + r.below(999)}${pathOf(r)}`],
  ['emoji for a dot', (r) => dots(hostOf(r), r.pick(['🔴', '⚫', '⏺', '⚪', '🟢']))],
  ['escapes', (r) => dots(hostOf(r), r.pick(['\\u002e', '\\x2e', '\\.']))],
  ['small capitals', (r) => mapLetters(hostOf(r), smallCaps)],
  ['squared letters', (r) => mapLetters(hostOf(r), shift(0x61, r.pick([0x1f130, 0x1f150, 0x1f170])))],
  [
    'word dot in other scripts',
    (r) =>
      dots(hostOf(r), r.pick([' ドット ', ' 点 ', ' 點 ', ' 점 ', ' डॉट ', ' จุด ', ' נקודה ', ' nokta ', ' kropka '])),
  ],
  ['leet host', (r) => mapLetters(hostOf(r), leet)],
  ['Greek letters', (r) => mapLetters(hostOf(r), greek)],
  ['slashes without scheme', (r) => `//${hostOf(r)}${pathOf(r)}`],
  ['ftp and other schemes', (r) => `${r.pick(['ftp', 'sftp', 'tg', 'freenet', 'ed2k', 'tox'])}://${hostOf(r)}`],
  ['split with plus signs', (r) => hostOf(r).split('.').join(' + . + ')],
  [
    'quoted parts',
    (r) =>
      hostOf(r)
        .split('.')
        .map((part) => `"${part}"`)
        .join('.'),
  ],
  ['upper-case word DOT without spaces', (r) => dots(hostOf(r), 'DOT')],

  ['IPv4', ipOf],
  ['IPv4 with brackets', (r) => dots(ipOf(r), '[.]')],
  ['IPv4 with words', (r) => dots(ipOf(r), r.pick([' dot ', ' punkt ', ' точка ', ' punto ']))],
  ['IPv4 with port and path', (r) => `${ipOf(r)}:${8000 + r.below(999)}${pathOf(r)}`],
  ['IPv6', (r) => `2001:db8:${r.letters(HEX, 4)}::${r.letters(HEX, 4)}`],
  ['IPv6 in a link', (r) => `http://[2001:db8::${r.letters(HEX, 3)}]${pathOf(r)}`],
  ['IPv4 in hexadecimal', (r) => r.pick([`0xc00002${r.letters(HEX, 2)}`, `0xc0.0x00.0x02.0x${r.letters(HEX, 2)}`])],
  ['IPv4 full-width', (r) => fullWidth(ipOf(r))],
  ['IPv4 in Arabic digits', (r) => mapLetters(ipOf(r), (c) => (/\d/.test(c) ? '٠١٢٣٤٥٦٧٨٩'.charAt(Number(c)) : c))],
  ['IPv4 with spaces', (r) => dots(ipOf(r), ' . ')],
  ['IPv6 written out', (r) => `2001:0db8:${Array.from({ length: 6 }, () => r.letters(HEX, 4)).join(':')}`],
  ['onion', (r) => `${r.letters(BASE32, 56)}.onion`],
  ['onion, old form', (r) => `${r.letters(BASE32, 16)}.onion${pathOf(r)}`],
  ['onion name without its ending', (r) => r.letters(BASE32, 56)],
  [
    'onion with the word apart',
    (r) => `${r.letters(BASE32, 16)} ${r.pick(['onion', 'dot onion', '(.) onion', '(onion)'])}`,
  ],
  ['i2p', (r) => r.pick([`${r.pick(names)}.i2p`, `${r.letters(BASE32, 52)}.b32.i2p`])],
  ['magnet', (r) => `magnet:?xt=urn:btih:${r.letters(HEX, 40)}`],
  ['magnet in pieces', (r) => `mag net : ? xt = urn : btih : ${r.letters(HEX, 40)}`],
  ['info hash alone', (r) => `btih ${r.letters(BASE32, 32)}`],
  ['ipfs link', (r) => `ipfs://bafybei${r.letters(BASE32, 52)}`],
  ['ipfs path', (r) => `/ipfs/Qm${r.letters(BASE58, 44)}`],
  ['ipfs name alone', (r) => r.pick([`Qm${r.letters(BASE58, 44)}`, `bafybei${r.letters(BASE32, 52)}`])],

  ['e-mail', mailOf],
  ['e-mail with (at)', (r) => mailOf(r).replace('@', r.pick(['(at)', '[at]', ' (at) ', '{at}', '<at>']))],
  ['e-mail in words', (r) => dots(mailOf(r).replace('@', ' at '), ' dot ')],
  ['e-mail with another at sign', (r) => mailOf(r).replace('@', r.pick(['＠', '﹫', '&#64;', '%40', ' @ ']))],
  [
    'e-mail in words of other languages',
    (r) =>
      dots(
        mailOf(r).replace('@', r.pick([' arroba ', ' собака ', ' ät ', ' klammeraffe ', ' arobase '])),
        r.pick([' punto ', ' точка ', ' punkt ', ' point ', '.']),
      ),
  ],
  ['mailto', (r) => `mailto:${mailOf(r)}`],
  ['handle', (r) => `@${userOf(r)}`],
  [
    'handle of a messenger',
    (r) => `${r.pick(['telegram', 'Telegram', 'kik', 'Snap', 'discord', 'wickr', 'insta'])}: @${userOf(r)}`,
  ],
  ['name at a messenger', (r) => `${r.pick(['kik', 'wickr', 'snapchat', 'discord', 'skype', 'jabber'])}: ${userOf(r)}`],
  [
    'user name',
    (r) =>
      `${r.pick(['username', 'user name', 'nick', 'handle', 'Benutzername', 'usuario', 'pseudo', 'никнейм', 'اسم المستخدم'])}: ${userOf(r)}`,
  ],
  ['number after a name', (r) => `${r.pick(names)}#${1000 + r.below(8999)}`],
  [
    'threema or session',
    (r) =>
      r.pick([`threema id ${r.letters('ABCDEFGHJKLMNPRSTUVWXYZ23456789', 8)}`, `session id 05${r.letters(HEX, 64)}`]),
  ],
  ['invite link', (r) => `${hostOf(r)}/${r.pick(['+', 'joinchat/', 'invite/', 'g/'])}${r.letters(ALNUM, 12)}`],
  [
    'invite code',
    (r) =>
      `${r.pick(['invite code', 'invitation code', 'invite', 'join code', 'group code'])}: ${r.letters(ALNUM, 9)}7x`,
  ],
  [
    'invite code in other languages',
    (r) =>
      `${r.pick(['Einladungscode', 'Einladung', 'código de invitación', "code d'invitation", 'código de convite', 'код приглашения', 'رمز الدعوة'])}: ${r.letters(ALNUM, 8)}4k`,
  ],
  [
    'room and password',
    (r) =>
      `${r.pick(['room', 'server', 'channel'])} ${r.letters(ALNUM, 10)}9z ${r.pick(['pw', 'password', 'pass'])} ${r.letters(ALNUM, 8)}`,
  ],

  ['base64 of a link', (r) => base64(urlOf(r)).replace(/=+$/, '')],
  ['base64 with padding', (r) => base64(`${hostOf(r)}${pathOf(r)}x`.slice(0, 22))],
  [
    'base64url',
    (r) =>
      base64(`${urlOf(r)}?a=${r.letters(ALNUM, 6)}`)
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replace(/=+$/, ''),
  ],
  ['base64 in pieces', (r) => (base64(urlOf(r)).match(/.{1,8}/g) ?? []).join(' ')],
  ['hexadecimal of a link', (r) => hexOf(urlOf(r))],
  ['bytes with spaces', (r) => (hexOf(hostOf(r)).match(/../g) ?? []).join(' ')],
  ['data link', (r) => `data:text/html;base64,${base64(hostOf(r))}`],
  ['data link of an image', (r) => `data:image/png;base64,iVBORw0KGgo${r.letters(ALNUM, 24)}`],
  [
    'rot13',
    (r) =>
      mapLetters(hostOf(r), (c) => (/[a-z]/.test(c) ? String.fromCharCode(((c.charCodeAt(0) - 84) % 26) + 97) : c)),
  ],
  ['md5', (r) => r.letters(HEX, 32)],
  ['sha1', (r) => r.letters(HEX, 40)],
  ['sha256', (r) => r.letters(HEX, 64)],
  ['sha512', (r) => r.letters(HEX, 128)],
  ['digest in capitals', (r) => r.letters(HEX, 64).toUpperCase()],
  ['digest in groups', (r) => (r.letters(HEX, 40).match(/.{8}/g) ?? []).join(r.pick([' ', '-', ':']))],
  ['named digest', (r) => `${r.pick(['MD5', 'sha1', 'SHA-256', 'photodna', 'pdq'])}: ${r.letters(HEX, 20)}…`],
  ['digest with zero-width characters', (r) => between(r.letters(HEX, 40), '\u200b')],
  [
    'wallet',
    (r) =>
      r.pick([`bc1q${r.letters(BASE32.replace('b', ''), 38)}`, `0x${r.letters(HEX, 40)}`, `1${r.letters(BASE58, 33)}`]),
  ],
];

const CARRIERS = [
  '{}',
  'See {}',
  'The number is wrong, look here: {}',
  '{} please check',
  'New address {} since March',
  'Neue Adresse: {}',
  'bitte hier nachsehen {} danke',
  'انظر هنا {}',
  'el sitio nuevo es {}',
  'le nouveau site : {}',
  'смотрите {} пожалуйста',
  'o novo endereço é {} obrigado',
  'closed. {}',
];

const within = (r: Seeded, hidden: string): string => r.pick(CARRIERS).replace('{}', () => hidden);

/** Ways to write a word so that a simple filter does not see it. */
const DISGUISES: [string, (word: string, r: Seeded) => string][] = [
  ['plain', (word) => word],
  ['capitals', (word) => word.toUpperCase()],
  ['leet', (word) => mapLetters(word.toLowerCase(), leet)],
  ['spaced', (word) => between(word.replaceAll(' ', ''), ' ')],
  [
    'dotted',
    (word, r) =>
      word
        .split(' ')
        .map((part) => between(part, r.pick(['.', '-', '_', '*'])))
        .join(' '),
  ],
  ['full-width', (word) => fullWidth(word)],
  ['zero-width', (word, r) => between(word, r.pick(['\u200b', '\u2060', '\u00ad']))],
  ['look-alikes', (word) => mapLetters(word.toLowerCase(), cyrillic)],
  ['reversed', (word) => reverse(word)],
  ['repeated letters', (word, r) => mapLetters(word, (c) => (/\p{L}/u.test(c) && r.below(3) === 0 ? c.repeat(3) : c))],
  ['marks', (word) => mapLetters(word, (c) => (/[a-z]/i.test(c) ? `${c}\u0308` : c))],
  ['mathematical', (word) => mapLetters(word.toLowerCase(), shift(0x61, 0x1d41a))],
  ['signs for letters', (word) => mapLetters(word.toLowerCase(), table('asie', ['@', '$', '!', '€']))],
];

/** Sentences of somebody who tells what happens, in plain and mild words. */
const DISCLOSURES = [
  'my uncle hurts me and I do not know where to go',
  'my teacher touches me after class',
  'somebody sends me pictures and wants mine',
  'he said he will show my photos to everyone',
  'I found photos of children on a computer at work',
  'there is a man who films kids at the pool',
  'my stepfather hits my little brother every night',
  'I am 12 and an adult wants to meet me alone',
  'please help me I am scared of my dad',
  'I want to die',
  'Mein Vater schlägt mich',
  'mein Trainer fasst mich an',
  'er will Bilder von mir und droht mir',
  'ich habe Bilder von Kindern gefunden',
  'ich bin 13 und ein Mann will mich treffen',
  'ich habe Angst vor meinem Onkel',
  'والدي يضربني كل يوم',
  'رجل يطلب مني صوري',
  'عمي يلمسني وأنا خائفة',
  'mi tío me toca',
  'un hombre me pide fotos mías',
  'mi padre me pega',
  'mon oncle me touche',
  'un homme me demande des photos de moi',
  'mon père me frappe',
  'o meu tio me toca',
  'um homem pede fotos minhas',
  'meu pai me bate',
  'мой дядя трогает меня',
  'мужчина просит мои фото',
  'отец бьёт меня',
  'I was hurt by my coach when I was small',
  'a stranger online asks my daughter for pictures',
  'they blackmail my son with a video',
  'eine Frau filmt Kinder im Schwimmbad',
  'jemand erpresst meine Tochter mit einem Video',
  'mis fotos están en internet y me amenazan',
  'quelqu’un menace de publier mes photos',
  'alguém ameaça mostrar as minhas fotos',
  'мне угрожают моими фотографиями',
];

/**
 * Texts that must be refused, the same for the same seed.
 * @param terms words the guard knows, since nothing explicit is to stand in a test a second time
 * @param each how many of each way to hide an address
 */
export function canaries(terms: Terms, seed: number, each = 6): Canary[] {
  const r = seeded(seed);
  const found: Canary[] = [];
  ADDRESSES.forEach(([kind, hide], i) => {
    for (let n = 0; n < each; n += 1) found.push({ kind, heldOut: isHeldOut(i), text: within(r, hide(r)) });
  });
  const words = Object.values(terms).flat();
  DISGUISES.forEach(([kind, disguise], i) => {
    for (let n = 0; n < each * 4; n += 1)
      found.push({ kind: `word: ${kind}`, heldOut: isHeldOut(i), text: within(r, disguise(r.pick(words), r)) });
  });
  DISCLOSURES.forEach((text, i) => found.push({ kind: 'disclosure', heldOut: isHeldOut(i), text }));
  return found;
}
