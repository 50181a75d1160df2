import { isCountry, type Audience, type Kind, type Need } from '@waymark/domain';

/** What an entry of a kind usually takes and for whom, so that a curator corrects instead of typing. A proposal for a person, not a fact. */
const USUAL: Partial<Record<Kind, { needs: readonly Need[]; audience?: readonly Audience[] }>> = {
  'hotline.web': { needs: ['csam-url'] },
  'portal.national': { needs: ['csam-url'] },
  'portal.global': { needs: ['csam-url'] },
  clearinghouse: { needs: ['csam-url', 'grooming', 'sextortion'] },
  'law-enforcement.report': { needs: ['csam-url', 'grooming', 'contact-abuse'] },
  'removal-service': { needs: ['own-image-removal'], audience: ['child'] },
  'child-helpline': { needs: ['child-help'], audience: ['child', 'public'] },
  'trafficking-hotline': { needs: ['trafficking'] },
  'missing-child': { needs: ['missing-child'] },
  'traveller-report': { needs: ['travel-exploitation'], audience: ['traveller', 'public'] },
  'prevention-helpline': { needs: ['worried-about-behaviour'], audience: ['worried-about-own-behaviour'] },
  'platform-tool': { needs: ['csam-app'] },
};

export function usualFor(kind: Kind): { accepts: Record<string, { answer: 'yes' }>; audience: Audience[] } {
  const { needs = [], audience = ['public'] } = USUAL[kind] ?? {};
  return {
    accepts: Object.fromEntries(needs.map((need) => [need, { answer: 'yes' as const }])),
    audience: [...audience],
  };
}

/** A handle from name and area: `de-nummer-gegen-kummer`. Letters without a plain form are left out. */
export function handleOf(name: string, area: string | undefined): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const prefix = area !== undefined && isCountry(area) ? area.toLowerCase() : undefined;
  return [prefix, words]
    .filter((part) => part !== undefined && part !== '')
    .join('-')
    .slice(0, 80)
    .replace(/-+$/, '');
}

/** Paths that one official page usually speaks for. */
export const WHOLE_PAGE = [
  '/names',
  '/kind',
  '/organisation',
  '/serves',
  '/accepts',
  '/audience',
  '/channels',
] as const;
