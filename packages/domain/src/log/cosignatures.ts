import { openCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { compareHeads, type ReadLogFile } from './compareHeads.ts';
import { LogDefect } from './defect.ts';
import { formatNote, parseNote, type NoteSignature, type VerifySignature } from './note.ts';
import { SIGNATURE, type VerifierKey } from './verifierKey.ts';

/** Where a log keeps the newest head that a witness cosigned, below the log. */
export function cosignedPath({ keyId }: Pick<VerifierKey, 'keyId'>): string {
  return `cosigned/${keyId}.checkpoint`;
}

/** The witnesses whose cosignatures on a head were verified. */
export function witnessesOf({ verified }: SignedCheckpoint): { key: VerifierKey; at: number }[] {
  return verified.flatMap(({ key, at }) =>
    key.type === SIGNATURE.cosignature && at !== undefined ? [{ key, at }] : [],
  );
}

/** A head with the signatures that were verified, and no other: nobody gets lines of others published through us. */
export function onlyVerified(head: SignedCheckpoint): string {
  const { text, signatures } = parseNote(head.note);
  return formatNote({ text, signatures: head.verified.map(({ key }) => lineOf(signatures, key)) });
}

/**
 * Adds what witnesses said of a head to the note it stands in. Of two cosignatures by one witness the later stays.
 * @param own the head as it is served, opened with the keys of the witnesses; @param given the same head, opened likewise
 * @returns the note with all signatures of `own` and the new cosignatures
 * @throws LogDefect `malformed` when they are not of one text
 */
export function mergeCosignatures(own: SignedCheckpoint, given: SignedCheckpoint): string {
  const [note, other] = [parseNote(own.note), parseNote(given.note)];
  if (note.text !== other.text) throw new LogDefect('malformed', 'the cosignature is on another head');
  const known = new Map(witnessesOf(own).map(({ key, at }) => [key.keyId, at]));
  const news = witnessesOf(given).filter(({ key, at }) => at > (known.get(key.keyId) ?? -1));
  const kept = note.signatures.filter((line) => !news.some(({ key }) => isBy(line, key)));
  return formatNote({
    text: note.text,
    signatures: [...kept, ...news.map(({ key }) => lineOf(other.signatures, key))],
  });
}

function lineOf(signatures: readonly NoteSignature[], key: VerifierKey): NoteSignature {
  const line = signatures.find((signature) => isBy(signature, key));
  if (!line) throw new LogDefect('not-signed', `${key.name} did not sign this`);
  return line;
}

const isBy = ({ name, keyId }: NoteSignature, key: VerifierKey) => name === key.name && keyId === key.keyId;

/** What a witness said of a log last. */
export type WitnessWord = {
  witness: VerifierKey;
  /** Size of the newest head it cosigned, and the second it did; null for none. */
  cosigned: { size: number; at: number } | null;
  /** It cosigned a head that this one does not extend: the log signed two histories. */
  contradicts: boolean;
};

/**
 * Reads what witnesses said: on the head itself, or on the last head they cosigned, which the head then must extend.
 * @param head the newest head, verified; @param witnesses keys known beforehand
 * @param options.readNote reads a text of the log by its path; undefined when there is none
 * @returns a word for each witness, in their order
 * @throws LogDefect `signature-wrong` for a line that says it is by a witness and is not; `tile-wrong`; `malformed`
 */
export async function readCosignatures(
  head: SignedCheckpoint,
  witnesses: readonly VerifierKey[],
  options: {
    log: VerifierKey;
    verify: VerifySignature;
    readFile: ReadLogFile;
    readNote: (path: string) => Promise<string | undefined>;
  },
): Promise<WitnessWord[]> {
  const { log, verify, readFile, readNote } = options;
  const onHead = witnessesOf(await openCheckpoint(head.note, log, verify, witnesses));
  const words: WitnessWord[] = [];
  for (const witness of witnesses) {
    const here = onHead.find(({ key }) => key === witness);
    if (here) {
      words.push({ witness, cosigned: { size: head.size, at: here.at }, contradicts: false });
      continue;
    }
    const note = await readNote(cosignedPath(witness));
    const before = note === undefined ? undefined : await openCheckpoint(note, log, verify, [witness]);
    const [word] = before ? witnessesOf(before) : [];
    if (!before || !word) {
      words.push({ witness, cosigned: null, contradicts: false });
      continue;
    }
    // Larger than the head: the log went on between two requests, and the next look sees both.
    const { relation } = await compareHeads(before, head, readFile);
    words.push({ witness, cosigned: { size: before.size, at: word.at }, contradicts: relation === 'split' });
  }
  return words;
}
