import { languageName, type PublishedChannel } from '@waymark/domain';
import type { HsdsLanguage } from './shapes.ts';
import { uuidV5 } from './uuidV5.ts';

/** Each language once, whichever channel offers it. */
export function languagesOf(
  id: string,
  path: string,
  offered: NonNullable<PublishedChannel['languages']>,
): HsdsLanguage[] {
  const byTag = new Map(
    offered.map((language) => [`${language.tag} ${language.mode ?? ''} ${language.via ?? ''}`, language]),
  );
  return [...byTag].map(([key, { tag, mode, via, note }]) => ({
    id: uuidV5(id, `${path}/${key}`),
    name: languageName(tag, 'en'),
    // HSDS takes ISO 639 alone: what else the tag says stands in the note.
    code: new Intl.Locale(tag).language,
    note: [tag, mode, via, note].filter(Boolean).join('; '),
  }));
}
