import { CSV_HEADER, csvLinesOf } from '@waymark/domain';
import { openStagedFile } from '../stagedFile.ts';
import type { Form } from './form.ts';

/** `v1/directory.csv`: a row per channel, for spreadsheets. */
export async function openCsvForm(dir: string, organisationNames: ReadonlyMap<string, string>): Promise<Form> {
  const csv = await openStagedFile(dir, 'v1/directory.csv', 'text/csv');
  await csv.write(Buffer.from(CSV_HEADER));
  return {
    async write(batch) {
      const rows = batch.flatMap(({ record }) =>
        record.type === 'entry' ? csvLinesOf(record, organisationNames.get(record.organisation) ?? '') : [],
      );
      await csv.write(Buffer.from(rows.join('')));
    },
    async close() {
      return [await csv.close()];
    },
    abandon: () => csv.abandon(),
  };
}
