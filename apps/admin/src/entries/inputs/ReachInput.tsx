import { Checkbox, FormControlLabel } from '@mui/material';
import { useField } from '../../records/form/DocumentForm.tsx';
import { EvidenceHere } from '../../records/form/EvidenceHere.tsx';
import { useWords } from '../../records/words.ts';
import { ChoiceInput } from '../../records/form/ChoiceInput.tsx';
import { Row } from '../../records/form/Section.tsx';
import { TablesInput } from '../../records/form/TableInput.tsx';

/** From where a number can be dialled: what makes a short or national number usable. */
export function ReachInput({ pointer, isNew }: { pointer: string; isNew: boolean }) {
  const { t } = useWords();
  const { value, set } = useField<Record<string, unknown>>(pointer);
  const worldwide = value?.['worldwide'] === true;
  return (
    <>
      <Row>
        {!worldwide && (
          <TablesInput
            pointer={`${pointer}/dialableFrom`}
            table="country"
            label={t('fields.part.dialableFrom')}
            help={t('entries.reach.help')}
          />
        )}
        <ChoiceInput
          pointer={`${pointer}/fromAbroad`}
          label={t('fields.part.fromAbroad')}
          words="yesNo"
          codes={['yes', 'no', 'unknown']}
          clearable
        />
      </Row>
      <FormControlLabel
        control={
          <Checkbox
            size="small"
            checked={worldwide}
            onChange={(_, on) => {
              const { worldwide: _old, ...rest } = value ?? {};
              const next = on ? { ...rest, worldwide: true } : rest;
              set(Object.keys(next).length === 0 ? undefined : next);
            }}
          />
        }
        label={t('fields.part.worldwide')}
      />
      {!isNew && <EvidenceHere pointer={pointer} />}
    </>
  );
}
