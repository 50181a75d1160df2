import { RetireReason } from '@waymark/domain';
import { useWords } from '../words.ts';
import { ChoiceInput } from './ChoiceInput.tsx';
import { useDocumentForm } from './DocumentForm.tsx';
import { LocalTextInput } from './LocalTextInput.tsx';
import { RecordsInput } from './RecordPicker.tsx';
import { Row } from './Section.tsx';
import { TextInput } from './TextInput.tsx';
import { RESOURCE_OF } from '../useRecord.ts';

/** Why a record leaves and where people go instead: the part of a retire proposal that is written by hand. */
export function RetirementInputs() {
  const { t } = useWords();
  const { store } = useDocumentForm();
  return (
    <>
      <Row>
        <ChoiceInput
          pointer="/retirement/reason"
          label={t('fields.part.reason')}
          words="retireReason"
          codes={RetireReason.options}
          required
        />
        <ChoiceInput
          pointer="/retirement/redirect"
          label={t('fields.part.redirect')}
          words="redirect"
          codes={['auto', 'ask', 'none']}
        />
        <TextInput pointer="/retirement/effectiveFrom" label={t('fields.part.effectiveFrom')} type="date" />
        <TextInput pointer="/retirement/overlapUntil" label={t('fields.part.overlapUntil')} type="date" />
      </Row>
      <RecordsInput
        pointer="/retirement/successors"
        resource={RESOURCE_OF[store.type]}
        label={t('fields.part.successors')}
      />
      <LocalTextInput pointer="/retirement/publicNote" label={t('fields.part.publicNote')} max={300} multiline />
    </>
  );
}
