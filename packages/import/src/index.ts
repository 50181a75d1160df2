export type { Reading, Source, SourceRow } from './source.ts';
