import type { OwnEntry } from './facts.ts';
import { inputTypeOf, typedValue } from './value.ts';

export type Choice = 'right' | 'wrong' | 'unsaid';

/** What was chosen on the page for one entry, by channel id. */
export type EntryChoice = {
  facts: 'right' | 'unsaid';
  channels: Record<string, { is: Choice; written: string }>;
  note: string;
};

/** Nothing is right until somebody says so. */
export function emptyChoice(entry: Pick<OwnEntry, 'channels'>): EntryChoice {
  return {
    facts: 'unsaid',
    channels: Object.fromEntries(entry.channels.map(({ id }) => [id, { is: 'unsaid', written: '' }])),
    note: '',
  };
}

/** The body of the answer: entries of which nothing was said are left out. */
export function toAnswer(entries: readonly OwnEntry[], choices: ReadonlyMap<string, EntryChoice>) {
  return {
    entries: entries.flatMap((entry) => {
      const choice = choices.get(entry.id);
      if (!choice) return [];
      const channels = entry.channels.flatMap((channel) => {
        const { is, written } = choice.channels[channel.id] ?? { is: 'unsaid', written: '' };
        if (is === 'unsaid') return [];
        const hasValue = is === 'wrong' && written.trim() !== '' && inputTypeOf(channel) !== undefined;
        return [{ id: channel.id, is, ...(hasValue ? { value: typedValue(channel, written) } : {}) }];
      });
      const note = choice.note.trim();
      if (channels.length === 0 && choice.facts === 'unsaid' && note === '') return [];
      return [
        { id: entry.id, revision: entry.revision, facts: choice.facts, channels, ...(note === '' ? {} : { note }) },
      ];
    }),
  };
}

/** How many things were said to be right and not right. */
export function countChoices(choices: Iterable<EntryChoice>): { right: number; wrong: number } {
  let [right, wrong] = [0, 0];
  for (const { facts, channels, note } of choices) {
    if (facts === 'right') right += 1;
    for (const { is } of Object.values(channels)) {
      if (is === 'right') right += 1;
      if (is === 'wrong') wrong += 1;
    }
    if (note.trim() !== '') wrong += 1;
  }
  return { right, wrong };
}
