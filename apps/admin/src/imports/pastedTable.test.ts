import { describe, expect, it } from 'vitest';
import { pastedTable } from './pastedTable.ts';

describe('what is pasted', () => {
  it('is the table that a spreadsheet put on the clipboard', async () => {
    const html = '<meta charset="utf-8"><table><tr><td>Name</td></tr></table>';
    const pasted = pastedTable({ html, text: 'Name' });
    expect([pasted?.extension, await pasted?.bytes.text()]).toEqual(['html', html]);
  });

  it('is text with tabs where the clipboard knows no cells', async () => {
    const pasted = pastedTable({ html: '<p>Name and phone</p>', text: 'Name\tPhone\nRed Line\t116111' });
    expect([pasted?.extension, await pasted?.bytes.text()]).toEqual(['tsv', 'Name\tPhone\nRed Line\t116111']);
  });

  it.each(['', 'Red Line', ' \n'])('is no table: %j', (text) =>
    expect(pastedTable({ html: '', text })).toBeUndefined(),
  );
});
