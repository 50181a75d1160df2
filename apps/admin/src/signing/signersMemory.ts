import { linesIn, SignerMemory, type SignersMemory, type SnapshotFiles } from '@waymark/domain';
import { allSnapshots, saveSnapshot } from './browserStore.ts';
import { chunksOf } from './streams.ts';

const FILES = { directory: 'v1/directory.ndjson', tombstones: 'v1/tombstones.ndjson' } as const;

/**
 * What this browser verified itself; empty on the first day.
 * @throws ZodError when something in it was damaged: it is never passed over
 */
export async function openMemory(): Promise<SignersMemory> {
  const kept = await allSnapshots();
  const lines = (sequence: number, name: keyof typeof FILES) => {
    const blob = kept.find((snapshot) => snapshot.sequence === sequence)?.[name] ?? new Blob();
    return linesIn(chunksOf(blob.stream()), FILES[name]);
  };
  return {
    snapshots: kept.map(({ memory }) => SignerMemory.parse(memory)),
    directory: (sequence) => lines(sequence, 'directory'),
    tombstones: (sequence) => lines(sequence, 'tombstones'),
  };
}

/** Remembers a snapshot that was verified here, with the two files that the next one is compared with. */
export async function remember(memory: SignerMemory, files: SnapshotFiles): Promise<void> {
  await saveSnapshot({
    sequence: memory.manifest.sequence,
    memory,
    directory: await blobOf(files, FILES.directory),
    tombstones: await blobOf(files, FILES.tombstones),
  });
}

async function blobOf(files: SnapshotFiles, path: string): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of files.read(path)) parts.push(new Uint8Array(part));
  return new Blob(parts);
}
