import { useState } from 'react';
import { useListContext } from 'ra-core';

/** That all which the filter finds is meant, not only the rows that are ticked. Another filter takes it back. */
export function useWhole() {
  const { filterValues } = useListContext();
  const [chosenFor, setChosenFor] = useState<string>();
  const filter = JSON.stringify(filterValues);
  return { isOn: chosenFor === filter, set: (isOn: boolean) => setChosenFor(isOn ? filter : undefined) };
}

export type Whole = ReturnType<typeof useWhole>;
