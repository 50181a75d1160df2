import type { Limits } from './limits.ts';

/** How to read a file. */
export interface ReadOptions {
  limits: Limits;
  /** Of a workbook: the sheet to read, by name; without it the first. */
  sheet?: string;
  /** Of delimited text: the character between two cells, where the guess was wrong. */
  delimiter?: string;
  onProgress?: (progress: Progress) => void;
}

/** How far reading has come. */
export interface Progress {
  rows: number;
}
