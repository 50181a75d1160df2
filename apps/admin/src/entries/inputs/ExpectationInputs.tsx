import { Box, Button, IconButton, Typography } from '@mui/material';
import Add from '@mui/icons-material/Add';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import { AnonymityLevel, Answer, MustNot, OperationalStatus } from '@waymark/domain';
import { useField, useValue } from '../../records/form/DocumentForm.tsx';
import { EvidenceHere } from '../../records/form/EvidenceHere.tsx';
import { useWords } from '../../records/words.ts';
import { freeId } from '../../records/form/newEvidence.ts';
import { ChoiceInput, ChoicesInput } from '../../records/form/ChoiceInput.tsx';
import { LocalTextInput } from '../../records/form/LocalTextInput.tsx';
import { Row } from '../../records/form/Section.tsx';
import { TextInput } from '../../records/form/TextInput.tsx';
import { UrlInput } from './UrlInput.tsx';
import { Flag } from './ChannelDetails.tsx';

/** What a person can expect: whether they are asked who they are, what not to send, what happens then, and whether it works today. */
export function ExpectationInputs() {
  const { t } = useWords();
  const level = useValue<string>('/anonymity/level');
  return (
    <>
      <ChoiceInput
        pointer="/anonymity/level"
        label={t('fields.anonymity')}
        words="anonymity"
        codes={AnonymityLevel.options}
        {...(level === undefined ? {} : { help: t(`vocabulary.anonymityLong.${level}`) })}
      />
      <LocalTextInput
        pointer="/anonymity/conditions"
        label={t('entries.form.anonymityConditions')}
        max={300}
        multiline
      />
      <EvidenceHere pointer="/anonymity" />
      <LocalTextInput pointer="/confidentialityLimits" label={t('fields.confidentialityLimits')} max={600} multiline />
      <EvidenceHere pointer="/confidentialityLimits" />
      <ChoicesInput pointer="/mustNot" label={t('fields.mustNot')} words="mustNot" codes={MustNot.options} />
      <LocalTextInput pointer="/howTo" label={t('fields.howTo')} max={600} multiline />
      <LocalTextInput pointer="/whatToHave" label={t('fields.whatToHave')} max={300} multiline />
      <Typography variant="h4" component="h3" sx={{ mt: 1 }}>
        {t('fields.operational')}
      </Typography>
      <Row>
        <ChoiceInput
          pointer="/operational/status"
          label={t('fields.part.status')}
          words="operationalStatus"
          codes={OperationalStatus.options}
        />
        <TextInput pointer="/operational/from" label={t('fields.part.from')} type="date" />
        <TextInput pointer="/operational/until" label={t('fields.part.until')} type="date" />
      </Row>
      <LocalTextInput pointer="/operational/notice" label={t('fields.part.notice')} max={300} />
      <EvidenceHere pointer="/operational" />
      <AfterReportInputs />
      <Mandate />
    </>
  );
}

type Step = { id: string; actor?: string };

function AfterReportInputs() {
  const { t } = useWords();
  const { value = [], set } = useField<Step[]>('/afterReport/steps');
  return (
    <Box>
      <Typography variant="h4" component="h3" sx={{ mt: 1 }}>
        {t('fields.afterReport')}
      </Typography>
      <Row>
        <ChoiceInput
          pointer="/afterReport/feedback"
          label={t('fields.part.feedback')}
          words="feedback"
          codes={['none', 'reference-number', 'tracking', 'unknown']}
          clearable
        />
        <ChoiceInput
          pointer="/afterReport/canRemove"
          label={t('fields.part.canRemove')}
          words="answer"
          codes={Answer.options}
          clearable
        />
        <ChoiceInput
          pointer="/afterReport/canInvestigate"
          label={t('fields.part.canInvestigate')}
          words="answer"
          codes={Answer.options}
          clearable
        />
      </Row>
      {value.map(({ id }, i) => (
        <Box key={id} sx={{ borderInlineStart: '3px solid', borderColor: 'divider', paddingInlineStart: 1.5, mt: 1 }}>
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
            <TextInput pointer={`/afterReport/steps/${i}/actor`} label={t('fields.part.actor')} required />
            <TextInput pointer={`/afterReport/steps/${i}/typicalTime`} label={t('fields.part.typicalTime')} />
            <IconButton
              aria-label={t('records.form.remove', { name: `${t('fields.part.steps')} ${i + 1}` })}
              onClick={() => set(value.length === 1 ? undefined : value.filter((_, at) => at !== i))}
            >
              <DeleteOutline />
            </IconButton>
          </Box>
          <LocalTextInput pointer={`/afterReport/steps/${i}/what`} label={t('fields.part.what')} max={300} required />
        </Box>
      ))}
      <Button size="small" startIcon={<Add />} onClick={() => set([...value, { id: freeId('step', value) }])}>
        {t('entries.form.addStep')}
      </Button>
    </Box>
  );
}

function Mandate() {
  const { t } = useWords();
  const kind = useValue<string>('/mandate/kind');
  return (
    <Box>
      <Typography variant="h4" component="h3" sx={{ mt: 1 }}>
        {t('fields.mandate')}
      </Typography>
      <Row>
        <ChoiceInput
          pointer="/mandate/kind"
          label={t('fields.part.kind')}
          words="mandate"
          codes={['statutory', 'delegated', 'voluntary']}
          clearable
        />
        {kind !== undefined && <UrlInput pointer="/mandate/source" label={t('fields.part.url')} />}
      </Row>
      {kind !== undefined && (
        <>
          <LocalTextInput pointer="/mandate/basis" label={t('fields.part.basis')} max={300} />
          <Flag pointer="/mandate/statutoryForProviders" label={t('fields.part.statutoryForProviders')} />
        </>
      )}
    </Box>
  );
}
