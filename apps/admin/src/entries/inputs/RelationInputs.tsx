import { useWords } from '../../records/words.ts';
import { MembershipsInput } from '../../records/form/MembershipsInput.tsx';
import { RecordInput, RecordsInput } from '../../records/form/RecordPicker.tsx';
import { Row } from '../../records/form/Section.tsx';
import { TableInput, TablesInput } from '../../records/form/TableInput.tsx';
import { TextInput } from '../../records/form/TextInput.tsx';

/** With whom it belongs together. */
export function RelationInputs() {
  const { t } = useWords();
  return (
    <>
      <MembershipsInput />
      <Row>
        <RecordInput pointer="/analystsBy" resource="organisations" label={t('fields.analystsBy')} />
        <TextInput pointer="/programme" label={t('fields.programme')} />
      </Row>
      <RecordsInput pointer="/onBehalfOf" resource="organisations" label={t('fields.onBehalfOf')} />
      <Row>
        <TableInput pointer="/locatedIn" table="country" label={t('fields.locatedIn')} />
        <TablesInput pointer="/dataGoesTo" table="country" label={t('fields.dataGoesTo')} />
      </Row>
      <RecordsInput
        pointer="/pairedWith"
        resource="entries"
        label={t('fields.pairedWith')}
        help={t('entries.form.pairedHelp')}
      />
      <RecordsInput pointer="/supersedes" resource="entries" label={t('fields.supersedes')} />
    </>
  );
}
