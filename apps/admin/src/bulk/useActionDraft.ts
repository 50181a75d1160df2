import { useState } from 'react';
import { BulkAction } from '@waymark/domain';

export type ActionFormProps = {
  /** The action as it can be done; undefined while something is missing. */
  onChange: (action: BulkAction | undefined) => void;
};

/**
 * What a form of an action holds, and the action that it makes of it, judged by the schema the server judges it by.
 * @returns what is there, and how to change a part of it
 */
export function useActionDraft<Draft extends object>(
  start: Draft,
  toAction: (draft: Draft) => unknown,
  onChange: ActionFormProps['onChange'],
) {
  const [draft, setDraft] = useState(start);
  const set = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    const parsed = BulkAction.safeParse(toAction(next));
    onChange(parsed.success ? parsed.data : undefined);
  };
  return [draft, set] as const;
}
