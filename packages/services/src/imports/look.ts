import type { Refusal } from '@waymark/domain';
import { importContent, Problem, type ImportRecord, type Store } from '@waymark/store';
import { roomOf, type Room } from './room.ts';
import { runInThread } from './thread.ts';
import type { Look } from './work.ts';

/** A file at first sight, or why it cannot be read; nothing of a file whose bytes were forgotten. */
export type Looked = { look: Look; refusal?: never } | { refusal: Refusal; look?: never } | undefined;

/** Looks are derived, so they are kept in memory alone: a few, since each holds the first rows of a file. */
const KEPT = 16;
const kept = new WeakMap<Store, Map<string, Looked>>();

/**
 * Reads a file in a thread.
 * @throws Problem file-too-large, file-not-taken, file-unreadable
 */
export async function lookAt(bytes: Uint8Array, reading: ImportRecord['reading'], room: Room): Promise<Look> {
  let look: Look | undefined;
  await runInThread({ look: bytes, reading, limits: room.limits }, room, (message) => {
    if ('looked' in message) look = message.looked;
  });
  if (!look) throw new Error('The thread that read the file said nothing');
  return look;
}

/** What is to be seen of a kept file, as it is to be read now. */
export async function lookOf(store: Store, file: Pick<ImportRecord, 'id' | 'reading'>): Promise<Looked> {
  const looks = kept.get(store) ?? new Map<string, Looked>();
  kept.set(store, looks);
  const key = keyOf(file);
  if (looks.has(key)) return looks.get(key);
  const bytes = await importContent(store.read, file.id);
  const looked = bytes && (await orRefusal(lookAt(bytes, file.reading, roomOf(store))));
  remember(store, file, looked);
  return looked;
}

/** Keeps what was seen of a file when it came, so that it is not read again at once. */
export function remember(store: Store, file: Pick<ImportRecord, 'id' | 'reading'>, looked: Looked): void {
  const looks = kept.get(store) ?? new Map<string, Looked>();
  kept.set(store, looks);
  looks.delete(keyOf(file));
  looks.set(keyOf(file), looked);
  const [oldest] = looks.keys();
  if (looks.size > KEPT && oldest !== undefined) looks.delete(oldest);
}

/** What was seen of a file is forgotten with it. */
export function forgetLooks(store: Store, ids: readonly string[]): void {
  const looks = kept.get(store);
  for (const key of looks?.keys() ?? []) if (ids.some((id) => key.startsWith(`${id} `))) looks?.delete(key);
}

const keyOf = ({ id, reading: { sheet, delimiter } }: Pick<ImportRecord, 'id' | 'reading'>): string =>
  `${id} ${JSON.stringify([sheet, delimiter])}`;

async function orRefusal(work: Promise<Look>): Promise<Looked> {
  try {
    return { look: await work };
  } catch (error) {
    if (error instanceof Problem) return { refusal: error.refusal };
    throw error;
  }
}
