import { COUNTRIES_DATE } from '../areas.ts';
import { LANGUAGES_DATE } from '../language.ts';
import { VOCABULARY_VERSION, type Manifest } from '../manifest.ts';
import { SCHEMA_VERSION } from '../published.ts';
import { TIME_ZONES_VERSION } from '../timeZone.ts';

/** What a manifest says of the program that made the files: another one would make others of the same records. */
export const MADE_BY: Pick<Manifest, 'schemaVersion' | 'minReader' | 'vocabularyVersion' | 'codeTables'> = {
  schemaVersion: SCHEMA_VERSION,
  minReader: '1.0',
  vocabularyVersion: VOCABULARY_VERSION,
  codeTables: { iso3166: COUNTRIES_DATE, languages: LANGUAGES_DATE, tzdata: TIME_ZONES_VERSION },
};
