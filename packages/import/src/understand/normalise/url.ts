import { displayHost, parseWebUrl } from '@waymark/domain';
import { parse } from 'tldts';
import { note, type Note, type NoteCode, type Reading } from '../note.ts';
import { shorteners, trackingParameters } from '../tables/hosts.ts';

/** What an address cell holds: web addresses, and what was put there though it belongs elsewhere. */
export interface UrlReading extends Reading<string> {
  phones: string[];
  emails: string[];
}

const unsafe = /^(?:javascript|data|vbscript|file|ftp|about|blob|chrome|intent|view-source):/i;
const bareHost = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}-]+)+(?:[/?#:]|$)/u;

/** Is it, without a scheme, an address all the same? The end of its host must be one that exists. */
const isBareAddress = (text: string): boolean =>
  bareHost.test(text) && parse(text, { allowPrivateDomains: false }).isIcann === true;

interface Step {
  href: string;
  notes: Omit<Note, 'column'>[];
}

function withScheme(text: string): Step | NoteCode {
  if (unsafe.test(text)) return 'url-unsafe';
  if (/^https:/i.test(text)) return { href: text, notes: [] };
  if (/^http:\/\//i.test(text)) {
    const href = text.replace(/^http:/i, 'https:');
    return { href, notes: [note('url-https', text, href)] };
  }
  const bare = text.replace(/^\/\//, '');
  if (!isBareAddress(bare)) return 'url-refused';
  return { href: `https://${bare}`, notes: [note('url-scheme-added', text, `https://${bare}`)] };
}

/** Parameters for counting readers are dropped, and the place inside the page; a fragment that is a route (#/p) stays. */
function withoutTracking(href: string): Step {
  const url = new URL(href);
  const notes: Step['notes'] = [];
  const kept = [...url.searchParams].filter(([name]) => !trackingParameters.test(name));
  if (kept.length < url.searchParams.size) {
    const before = url.href;
    url.search = kept.length === 0 ? '' : String(new URLSearchParams(kept));
    notes.push(note('url-tracking-removed', before, url.href));
  }
  if (url.hash !== '' && !/^#[/!]|^#p\//.test(url.hash)) {
    const before = url.href;
    url.hash = '';
    notes.push(note('url-fragment-removed', before, url.href));
  }
  return { href: url.href, notes };
}

function readOne(text: string): Step | { code: NoteCode; detail?: string } {
  const start = withScheme(text);
  if (typeof start === 'string') return { code: start };
  const parsed = parseWebUrl(start.href);
  if (!parsed.ok) return { code: 'url-refused', detail: parsed.fix };
  const { domain } = parse(parsed.href);
  if (shorteners.has(parsed.host.replace(/^www\./, '')) || (domain !== null && shorteners.has(domain)))
    return { code: 'url-shortened' };
  if (displayHost(parsed.href).suspicious !== null)
    return { code: 'url-look-alike', detail: displayHost(parsed.href).unicode ?? '' };
  const clean = withoutTracking(parsed.href);
  const canonical =
    parsed.href === start.href || `${start.href}/` === parsed.href
      ? []
      : [note('url-canonical', start.href, parsed.href)];
  return { href: clean.href, notes: [...start.notes, ...canonical, ...clean.notes] };
}

/** Reads one or several web addresses out of a cell; `mailto:` and `tel:` among them are handed over to their own fields. */
export function readUrls(text: string): UrlReading {
  const reading: UrlReading = { values: [], notes: [], phones: [], emails: [] };
  const parts = text
    .split(/[\s;|<>"]+|,(?=\s|https?:)/)
    .filter((part) => part !== '' && !/^(?:and|or|und|oder|et|ou|y|o|e|&|[-–,/])$/i.test(part));
  for (const part of parts) {
    if (/^mailto:/i.test(part)) {
      reading.emails.push(part);
      reading.notes.push(note('url-moved', part));
    } else if (/^tel:/i.test(part)) {
      reading.phones.push(part.replace(/^tel:/i, ''));
      reading.notes.push(note('url-moved', part));
    } else {
      const read = readOne(part);
      if ('code' in read) {
        reading.notes.push(note(read.code, part, undefined, read.detail));
        continue;
      }
      if (!reading.values.includes(read.href)) reading.values.push(read.href);
      reading.notes.push(...read.notes);
    }
  }
  if (reading.values.length > 1) reading.notes.push(note('url-several', text, reading.values.join(' ')));
  return reading;
}
