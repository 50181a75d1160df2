import { Kind } from '@waymark/domain';
import { useWords } from '../../records/words.ts';
import { ChoiceInput } from '../../records/form/ChoiceInput.tsx';
import { LocalTextInput } from '../../records/form/LocalTextInput.tsx';
import { NamesInput } from '../../records/form/NamesInput.tsx';
import { RecordInput } from '../../records/form/RecordPicker.tsx';
import { Row } from '../../records/form/Section.tsx';
import { EvidenceHere } from '../../records/form/EvidenceHere.tsx';

/** What it is, what it is called and who runs it. */
export function IdentityInputs() {
  const { t } = useWords();
  return (
    <>
      <LocalTextInput pointer="/names" label={t('fields.names')} required withOfficial max={200} />
      <Row>
        <ChoiceInput pointer="/kind" label={t('fields.kind')} words="kind" codes={Kind.options} required />
        <RecordInput
          pointer="/organisation"
          resource="organisations"
          label={t('fields.organisation')}
          help={t('entries.form.organisationHelp')}
          required
        />
      </Row>
      <LocalTextInput
        pointer="/summary"
        label={t('fields.summary')}
        multiline
        max={280}
        help={t('entries.form.summaryHelp')}
      />
      <NamesInput />
      <EvidenceHere pointer="/organisation" />
    </>
  );
}
