/** How much of a file is read before it is refused (SECURITY I-07). Enforced while reading, so that no file costs more than this. */
export interface Limits {
  bytes: number;
  /** Without the header. */
  rows: number;
  columns: number;
  /** Characters of one cell, as JavaScript counts them. */
  cell: number;
  /** Of a workbook or a package: bytes of all that is unpacked. */
  unpacked: number;
  /** Of a workbook or a package: how many files it may hold. */
  files: number;
}

/** For files that come over the network. */
export const UPLOAD_LIMITS: Limits = {
  bytes: 5_000_000,
  rows: 5000,
  columns: 64,
  cell: 4096,
  unpacked: 60_000_000,
  files: 500,
};

/** For files on one's own machine. */
export const COMMAND_LINE_LIMITS: Limits = {
  bytes: 200_000_000,
  rows: 200_000,
  columns: 64,
  cell: 4096,
  unpacked: 1_000_000_000,
  files: 500,
};
