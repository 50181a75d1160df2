import { isCountry } from '@waymark/domain';
import { useValue } from '../../records/form/DocumentForm.tsx';

/** The country an entry is about, when there is one: a default for numbers, time zones and handles. */
export function useHomeCountry(): string | undefined {
  const serves = useValue<{ area?: string }[]>('/serves');
  const located = useValue<string>('/locatedIn');
  const area = serves?.length === 1 ? serves[0]?.area : undefined;
  return area !== undefined && isCountry(area) ? area : located;
}
