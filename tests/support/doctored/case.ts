import type { PublishedEntry, SigningRefusalCode } from '@waymark/domain';
import type { Unpacked } from '../signing.ts';

/** Records of the world that is doctored, by what happened to them since the snapshot before; `brief` came and went between. */
export type Ids = Record<'changed' | 'added' | 'retired' | 'suspended' | 'kept' | 'brief', string>;

/** What is said about a bundle once it was doctored, the code it is refused with, and how it is doctored. */
export type Doctored = [what: string, code: SigningRefusalCode, doctor: (bundle: Unpacked, ids: Ids) => void];

export const flip = (hex: string) => `${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}`;

/** Has the telephone numbers of an entry lead elsewhere. */
export const redial = (record: unknown, digits = '4930000000') => {
  for (const channel of entry(record).channels) if (channel.type === 'phone') channel.value.number.digits = digits;
};
export const entry = (record: unknown) => record as PublishedEntry;
