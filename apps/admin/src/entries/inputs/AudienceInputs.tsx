import { Audience } from '@waymark/domain';
import { useWords } from '../../records/words.ts';
import { ChoicesInput } from '../../records/form/ChoiceInput.tsx';
import { EvidenceHere } from '../../records/form/EvidenceHere.tsx';
import { NumberInput } from '../../records/form/TextInput.tsx';
import { Row } from '../../records/form/Section.tsx';
import { AcceptsInput } from './AcceptsInput.tsx';
import { ServesInput } from './ServesInput.tsx';

/** Who it is for: where, for which needs, for whom. */
export function AudienceInputs() {
  const { t } = useWords();
  return (
    <>
      <ServesInput />
      <AcceptsInput />
      <ChoicesInput pointer="/audience" label={t('fields.audience')} words="audience" codes={Audience.options} />
      <Row>
        <NumberInput pointer="/ages/min" label={t('fields.part.min')} />
        <NumberInput pointer="/ages/max" label={t('fields.part.max')} />
      </Row>
      <EvidenceHere pointer="/ages" />
    </>
  );
}
