import { countryName, isCountry } from '@waymark/domain';
import type { ProposalRow } from '../contract.ts';
import type { Words } from '../records/words.ts';

/** What a proposal is about, by name: of a country profile the country's in the reader's language; a new draft may have none. */
export function proposalName(
  { recordType, recordName }: Pick<ProposalRow, 'recordType' | 'recordName'>,
  { t, locale }: Words,
): string {
  if (recordType === 'country' && isCountry(recordName)) return countryName(recordName, locale);
  return recordName || t('proposals.unnamed');
}
