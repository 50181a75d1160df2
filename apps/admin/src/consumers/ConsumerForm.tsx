import { useState, type FormEvent, type ReactNode } from 'react';
import { Stack, TextField } from '@mui/material';
import type { Consumer, Refusal } from '@waymark/domain';
import type { ProblemBody } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useWords } from '../records/words.ts';

type ConsumerFormProps = {
  consumer?: Consumer;
  label: string;
  busy: boolean;
  problem: ProblemBody | null;
  refusal: Refusal | null;
  onSave: (consumer: Consumer) => void;
  children?: ReactNode;
};

/** What is known of an app: four fields, two of them optional. */
export function ConsumerForm({ consumer, label, busy, problem, refusal, onSave, children }: ConsumerFormProps) {
  const { t } = useWords();
  const [name, setName] = useState(consumer?.name ?? '');
  const [contact, setContact] = useState(consumer?.contact ?? '');
  const [webhookUrl, setWebhookUrl] = useState(consumer?.webhookUrl ?? '');
  const [note, setNote] = useState(consumer?.note ?? '');
  const errors = problem?.errors ?? {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = (typed: string) => (typed.trim() === '' ? null : typed.trim());
    onSave({ name: name.trim(), contact: contact.trim(), webhookUrl: text(webhookUrl), note: text(note) });
  };
  return (
    <Stack component="form" onSubmit={submit} spacing={2} sx={{ maxWidth: 560 }}>
      <TextField
        label={t('consumers.field.name')}
        required
        fullWidth
        value={name}
        error={'name' in errors}
        helperText={errors['name']}
        onChange={(event) => setName(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 120, dir: 'auto' } }}
      />
      <TextField
        label={t('consumers.field.contact')}
        required
        fullWidth
        value={contact}
        error={'contact' in errors}
        helperText={errors['contact'] ?? t('consumers.help.contact')}
        onChange={(event) => setContact(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 200, dir: 'auto' } }}
      />
      <TextField
        label={t('consumers.field.webhookUrl')}
        fullWidth
        value={webhookUrl}
        placeholder="https://"
        error={'webhookUrl' in errors}
        helperText={errors['webhookUrl'] ?? t('consumers.help.webhookUrl')}
        onChange={(event) => setWebhookUrl(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 500, dir: 'ltr' } }}
      />
      <TextField
        label={t('consumers.field.note')}
        fullWidth
        multiline
        value={note}
        error={'note' in errors}
        helperText={errors['note']}
        onChange={(event) => setNote(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 500, dir: 'auto' } }}
      />
      <ProblemNote problem={problem} />
      <div>
        <ActionButton type="submit" busy={busy} refusal={refusal}>
          {label}
        </ActionButton>
        {children}
      </div>
    </Stack>
  );
}
