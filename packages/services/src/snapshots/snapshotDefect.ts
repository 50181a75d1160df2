/** Something in a snapshot contradicts something else in it. The message names the file and what is wrong. */
export class SnapshotDefect extends Error {
  override readonly name = 'SnapshotDefect';
}
