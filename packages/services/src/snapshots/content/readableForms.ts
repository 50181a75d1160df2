import {
  isLeftOutOf,
  type Place,
  type PublishedEntry,
  type PublishedOrganisation,
  type SnapshotFile,
} from '@waymark/domain';
import { stageText } from '../stagedFile.ts';
import type { Form } from './form.ts';
import { exportHsds } from './hsds/export.ts';
import type { Validity } from './hsds/schedules.ts';
import { directoryPage } from './page/directoryPage.ts';

/**
 * So many entries a person, or a program that exchanges HSDS, is handed in one piece. A larger directory has neither: these forms
 * need all of it at once, and nobody reads ten thousand entries on a page. Its other forms hold the same.
 */
export const MOST_READABLE = 5000;

/** `v1/hsds.zip`, `v1/hsds.json` and `v1/directory.html`: the forms that are made of the whole directory. */
export function openReadableForms(dir: string, validity: Validity, most = MOST_READABLE): Form {
  let entries: PublishedEntry[] = [];
  let organisations = new Map<string, PublishedOrganisation>();
  let isTooLarge = false;
  return {
    async write(batch) {
      for (const { record } of batch) {
        if (isTooLarge) return;
        if (record.type === 'entry') entries.push(record);
        if (record.type === 'organisation') organisations.set(record.id, record);
        isTooLarge = entries.length > most || organisations.size > most;
        if (isTooLarge) [entries, organisations] = [[], new Map()];
      }
    },
    async close() {
      if (isTooLarge) return [];
      const shownIn = (place: Place) => entries.filter((entry) => !isLeftOutOf(entry, place));
      const { page, zip } = exportHsds(shownIn('hsds'), organisations, validity);
      const files: SnapshotFile[] = [
        await stageText(dir, 'v1/hsds.json', 'application/json', page),
        await stageText(dir, 'v1/hsds.zip', 'application/zip', zip),
        await stageText(dir, 'v1/directory.html', 'text/html', directoryPage(shownIn('web'), organisations)),
      ];
      return files;
    },
  };
}
