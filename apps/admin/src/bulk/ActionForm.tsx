import { Typography } from '@mui/material';
import { useWords } from '../records/words.ts';
import { AssignForm } from './AssignForm.tsx';
import { ChannelForm } from './ChannelForm.tsx';
import type { ActionName } from './contract.ts';
import { LanguageForm } from './LanguageForm.tsx';
import { NetworkForm } from './NetworkForm.tsx';
import { RetireForm } from './RetireForm.tsx';
import { SetForm } from './SetForm.tsx';
import type { ActionFormProps } from './useActionDraft.ts';
import { VerifyForm } from './VerifyForm.tsx';

const FORMS = {
  set: SetForm,
  'set-on-channels': ChannelForm,
  'add-language': LanguageForm,
  'add-network': NetworkForm,
  retire: RetireForm,
  submit: SubmitForm,
  assign: AssignForm,
  verify: VerifyForm,
} as const satisfies Record<ActionName, (props: ActionFormProps) => unknown>;

/** What an action needs to know. */
export function ActionForm({ name, onChange }: ActionFormProps & { name: ActionName }) {
  const Form = FORMS[name];
  return <Form onChange={onChange} />;
}

/** Nothing is to be said: which drafts are ready shows when they are looked at. */
function SubmitForm() {
  const { t } = useWords();
  return <Typography>{t('bulk.submitText')}</Typography>;
}
