/**
 * The fields of a document as people review them: which path is one unit, what class of change it is,
 * and what it is called. `*` stands for an id, a language tag, an area or a need.
 */

export const CHANGE_CLASSES = [
  'contact-value',
  'reach',
  'hours',
  'anonymity',
  'serves',
  'accepts',
  'ages',
  'status',
  'identity',
  'retirement',
  'coverage',
  'membership',
  'relation',
  'tags',
  'text',
  'evidence',
  'internal',
  'verification',
  'format',
] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

export type Field = { class: ChangeClass; label: string };

/** Path pattern of each reviewable unit. What is not listed is found by its nearest listed parent. */
export const FIELDS: Record<string, Field> = {
  '/id': { class: 'identity', label: 'Id' },
  '/slug': { class: 'identity', label: 'Handle' },
  '/slugHistory': { class: 'identity', label: 'Former handles' },
  '/kind': { class: 'identity', label: 'Kind' },
  '/type': { class: 'identity', label: 'Type' },
  '/country': { class: 'identity', label: 'Country' },
  '/names/*': { class: 'text', label: 'Name' },
  '/acronym': { class: 'text', label: 'Acronym' },
  '/otherNames/*': { class: 'text', label: 'Other name' },
  '/description/*': { class: 'text', label: 'Description' },
  '/summary/*': { class: 'text', label: 'Summary' },
  '/howTo/*': { class: 'text', label: 'How to report' },
  '/whatToHave/*': { class: 'text', label: 'What to have at hand' },
  '/organisation': { class: 'identity', label: 'Organisation' },
  '/analystsBy': { class: 'identity', label: 'Assessed by' },
  '/onBehalfOf': { class: 'relation', label: 'On behalf of' },
  '/programme': { class: 'tags', label: 'Programme' },
  '/serves/*': { class: 'serves', label: 'Serves' },
  '/locatedIn': { class: 'tags', label: 'Located in' },
  '/dataGoesTo': { class: 'tags', label: 'Data goes to' },
  '/accepts/*': { class: 'accepts', label: 'Accepts' },
  '/mustNot': { class: 'tags', label: 'Senders must not' },
  '/audience': { class: 'tags', label: 'Audience' },
  '/ages': { class: 'ages', label: 'Ages' },
  '/anonymity': { class: 'anonymity', label: 'Anonymity' },
  '/confidentialityLimits/*': { class: 'anonymity', label: 'Limits of confidentiality' },
  '/mandate': { class: 'tags', label: 'Mandate' },
  '/afterReport': { class: 'text', label: 'After a report' },
  '/channels/*': { class: 'contact-value', label: 'Channel' },
  '/channels/*/type': { class: 'contact-value', label: 'Channel type' },
  '/channels/*/value': { class: 'contact-value', label: 'Contact' },
  '/channels/*/label/*': { class: 'text', label: 'Channel label' },
  '/channels/*/hours': { class: 'hours', label: 'Hours' },
  '/channels/*/reach': { class: 'reach', label: 'Reach' },
  '/channels/*/cost': { class: 'reach', label: 'Cost' },
  '/channels/*/anonymity': { class: 'anonymity', label: 'Channel anonymity' },
  '/channels/*/anonymityFor/*': { class: 'anonymity', label: 'Anonymity for one need' },
  '/channels/*/needs': { class: 'accepts', label: 'Channel needs' },
  '/channels/*/audience': { class: 'tags', label: 'Channel audience' },
  '/channels/*/languages': { class: 'tags', label: 'Languages' },
  '/channels/*/requires': { class: 'anonymity', label: 'Requires' },
  '/channels/*/accessibility': { class: 'tags', label: 'Accessibility' },
  '/channels/*/traces': { class: 'tags', label: 'Traces left' },
  '/channels/*/verification': { class: 'verification', label: 'Verification' },
  '/channels/*/retired': { class: 'contact-value', label: 'Channel retired' },
  '/verification': { class: 'verification', label: 'Verification' },
  '/memberships/*': { class: 'membership', label: 'Membership' },
  '/pairedWith': { class: 'relation', label: 'Paired with' },
  '/supersedes': { class: 'relation', label: 'Supersedes' },
  '/operational': { class: 'status', label: 'Operational status' },
  '/priority': { class: 'tags', label: 'Priority' },
  '/publishTo': { class: 'status', label: 'Publish to' },
  '/retirement': { class: 'retirement', label: 'Retirement' },
  '/evidence/*': { class: 'evidence', label: 'Evidence' },
  '/notesInternal': { class: 'internal', label: 'Internal notes' },
  '/contactsInternal/*': { class: 'internal', label: 'Internal contact' },
  '/confirmationDomain': { class: 'internal', label: 'Confirmation domain' },
  '/website': { class: 'contact-value', label: 'Website' },
  '/domains/*': { class: 'contact-value', label: 'Known domain' },
  '/identifiers': { class: 'tags', label: 'Identifiers' },
  '/parent': { class: 'relation', label: 'Parent organisation' },
  '/successor': { class: 'retirement', label: 'Successor' },
  '/transparency': { class: 'tags', label: 'Transparency report' },
  '/emergency': { class: 'contact-value', label: 'Emergency entries' },
  '/timeZones': { class: 'tags', label: 'Time zones' },
  '/officialLanguages': { class: 'tags', label: 'Official languages' },
  '/neighbours': { class: 'tags', label: 'Neighbours' },
  '/legal/*': { class: 'text', label: 'Legal note' },
  '/coverage/*': { class: 'coverage', label: 'Coverage' },
};

/** Lists whose items are known by an id of their own, not by their position. */
export const KEYED_LISTS: Record<string, string> = {
  '/channels': 'id',
  '/evidence': 'id',
  '/serves': 'area',
  '/memberships': 'network',
  '/otherNames': 'id',
  '/domains': 'host',
  '/contactsInternal': 'id',
  '/legal': 'id',
  '/coverage': 'need',
};

const UNITS = new Set(Object.keys(FIELDS));
const INNER = new Set(Object.keys(FIELDS).flatMap((p) => prefixes(p)));

function prefixes(pattern: string): string[] {
  const parts = pattern.split('/').slice(1, -1);
  return parts.map((_, i) => '/' + parts.slice(0, i + 1).join('/'));
}

/** The pattern of a path: ids, tags, areas and needs become `*`. */
export function patternOf(path: string): string {
  const parts = path.split('/').slice(1);
  let pattern = '';
  for (const part of parts) {
    const literal = `${pattern}/${part}`;
    pattern = UNITS.has(literal) || INNER.has(literal) ? literal : `${pattern}/*`;
  }
  return pattern;
}

/** The field a path belongs to: its own, or its nearest listed parent's. */
export function fieldOf(path: string): Field & { pattern: string } {
  for (let pattern = patternOf(path); pattern !== ''; pattern = pattern.slice(0, pattern.lastIndexOf('/'))) {
    const field = FIELDS[pattern];
    if (field) return { ...field, pattern };
  }
  // A field nobody classified is treated as one that matters.
  return { class: 'identity', label: path, pattern: path };
}

/** True when units of review lie below this path, so a comparison goes deeper. */
export function hasInnerUnits(path: string): boolean {
  return INNER.has(patternOf(path));
}
