import { Command } from 'commander';
import type { Query } from '../find.ts';
import { FOLDER, headline, markText, openFolder, say } from './folder.ts';

type Options = Omit<Query, 'text'> & { dir: string; seed?: string; json?: boolean };

/** `waymark-reader show [words…]`: entries that fit. */
export function showCommand(): Command {
  return new Command('show')
    .description('List entries that may be shown now. Works without a network')
    .argument('[words...]', 'words of names, organisations, numbers')
    .option('--country <code>')
    .option('--kind <kind>')
    .option('--need <need>')
    .option('--dir <dir>', 'folder that was fetched into', FOLDER)
    .option('--seed <file>', 'seed.zip, when nothing was fetched yet')
    .option('--json', 'whole records, one a line')
    .action(showEntries);
}

async function showEntries(words: string[], { dir, seed, json, ...query }: Options): Promise<void> {
  const reader = await openFolder(dir, seed);
  const asked = { ...query, text: words.join(' ') };
  const entries = reader.find(asked);
  for (const entry of entries) {
    if (json) say(JSON.stringify(entry));
    else say(`${entry.slug}  ${entry.kind}  ${entry.serves.map(({ area }) => area).join(',')}`);
  }
  if (json) return;
  for (const { slug, kind, withdrawn } of reader.withdrawn(asked)) {
    const part = withdrawn.channels === undefined ? '' : `${withdrawn.channels.join(', ')} `;
    say(`${slug}  ${kind}  ${part}${markText(withdrawn)}`);
  }
  say(`${entries.length} entries. ${headline(reader)}`);
}
