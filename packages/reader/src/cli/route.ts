import { Command } from 'commander';
import type { Description } from '../index.ts';
import type { Request } from '../toRequest.ts';
import { FOLDER, headline, markText, openFolder, say } from './folder.ts';

type Options = {
  dir: string;
  seed?: string;
  need: string;
  country?: string;
  platform?: string;
  danger?: string;
  anonymity?: string;
  reporter?: string;
  lang?: string;
  json?: boolean;
};

/** `waymark-reader route`: where to turn, in order. */
export function routeCommand(): Command {
  return new Command('route')
    .description('Say where a person can turn, in order and why. Works without a network')
    .requiredOption('--need <need>', 'what it is about, e.g. csam-online, grooming, sextortion, child-help')
    .option('--country <code>', 'where the person is, e.g. DE')
    .option('--platform <name>', 'where it was seen')
    .option('--danger <yes|no|unknown>', 'is a child in danger now?')
    .option('--anonymity <indifferent|preferred|required>')
    .option('--reporter <public|child|professional|provider|traveller>')
    .option('--lang <tags>', 'languages the person speaks, e.g. de,en')
    .option('--dir <dir>', 'folder that was fetched into', FOLDER)
    .option('--seed <file>', 'seed.zip, when nothing was fetched yet')
    .option('--json', 'the answer as JSON')
    .action(showRoute);
}

async function showRoute({ dir, seed, json, lang, ...asked }: Options): Promise<void> {
  const reader = await openFolder(dir, seed);
  const languages = lang?.split(',') ?? [];
  // Words that routing does not know find nobody and end at the police, so they are not checked here.
  const route = reader.route({ ...asked, languages } as unknown as Request);
  const locale = languages[0] ?? 'en';
  if (json) return say(JSON.stringify(route, null, 2));
  for (const [i, step] of route.steps.entries()) sayStep(`${i + 1}.`, reader.describe(step, locale));
  for (const step of route.support) sayStep('Somebody to talk to:', reader.describe(step, locale));
  for (const row of route.withheld.filter(({ withdrawn }) => withdrawn)) sayWithdrawn(reader.describe(row, locale));
  if (route.notes.length > 0) say(`Notes: ${route.notes.join(', ')}`);
  say(headline(reader));
}

function sayStep(mark: string, { title, ways, caveats }: Description): void {
  say(`${mark} ${title}${caveats.length > 0 ? ` (${caveats.join(', ')})` : ''}`);
  for (const { type, address } of ways) say(`   ${type}: ${address}`);
}

function sayWithdrawn({ title, withdrawn }: Description): void {
  if (withdrawn) say(`Do not use: ${title} (${markText(withdrawn)})`);
}
