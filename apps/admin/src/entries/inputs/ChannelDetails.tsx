import { useState } from 'react';
import { Box, Button, Checkbox, Collapse, FormControlLabel } from '@mui/material';
import ExpandMore from '@mui/icons-material/ExpandMore';
import { AnonymityLevel, Audience } from '@waymark/domain';
import { useField } from '../../records/form/DocumentForm.tsx';
import { EvidenceHere } from '../../records/form/EvidenceHere.tsx';
import { useWords } from '../../records/words.ts';
import { ChoiceInput, ChoicesInput } from '../../records/form/ChoiceInput.tsx';
import { LocalTextInput } from '../../records/form/LocalTextInput.tsx';
import { Row } from '../../records/form/Section.tsx';
import { TablesInput } from '../../records/form/TableInput.tsx';
import { TextInput } from '../../records/form/TextInput.tsx';
import { PerNeedInput } from './PerNeedInput.tsx';

const REQUIREMENTS = ['account', 'app', 'javascript', 'national-id', 'email'] as const;

/** What most channels need nothing of: asked for only when somebody opens it. */
export function ChannelDetails({ pointer, isNew }: { pointer: string; isNew: boolean }) {
  const { t } = useWords();
  const { value } = useField<Record<string, unknown>>(pointer);
  const [isOpen, setOpen] = useState(() =>
    ['label', 'anonymity', 'anonymityFor', 'requires', 'needs', 'audience', 'accessibility', 'traces'].some(
      (key) => value?.[key] !== undefined,
    ),
  );
  return (
    <Box>
      <Button
        size="small"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        endIcon={<ExpandMore sx={{ transform: isOpen ? 'rotate(180deg)' : 'none' }} />}
      >
        {t('entries.channels.more')}
      </Button>
      <Collapse in={isOpen} unmountOnExit timeout={120}>
        <Box sx={{ display: 'grid', gap: 1, pt: 1, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <LocalTextInput pointer={`${pointer}/label`} label={t('fields.channels_label')} max={80} />
          <Row>
            <ChoiceInput
              pointer={`${pointer}/anonymity`}
              label={t('fields.channels_anonymity')}
              words="anonymity"
              codes={AnonymityLevel.options}
              clearable
              help={t('entries.channels.anonymityHelp')}
            />
            <TablesInput pointer={`${pointer}/needs`} table="need" label={t('fields.channels_needs')} />
          </Row>
          <PerNeedInput
            pointer={`${pointer}/anonymityFor`}
            label={t('fields.channels_anonymityFor')}
            words="anonymity"
            codes={AnonymityLevel.options}
          />
          {!isNew && <EvidenceHere pointer={`${pointer}/anonymity`} />}
          <ChoicesInput
            pointer={`${pointer}/requires`}
            label={t('fields.channels_requires')}
            words="requirement"
            codes={REQUIREMENTS}
          />
          {!isNew && <EvidenceHere pointer={`${pointer}/requires`} />}
          <ChoicesInput
            pointer={`${pointer}/audience`}
            label={t('fields.channels_audience')}
            words="audience"
            codes={Audience.options}
          />
          <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2 }}>
            <Flag pointer={`${pointer}/accessibility/easyRead`} label={t('fields.part.easyRead')} />
            <Flag pointer={`${pointer}/accessibility/screenReaderTested`} label={t('fields.part.screenReaderTested')} />
            <Flag pointer={`${pointer}/accessibility/realTimeText`} label={t('fields.part.realTimeText')} />
          </Box>
          <Row>
            <ChoiceInput
              pointer={`${pointer}/traces/phoneBill`}
              label={t('fields.part.phoneBill')}
              words="yesNo"
              codes={['yes', 'no', 'unknown']}
              clearable
            />
            <TextInput pointer={`${pointer}/cost/note`} label={t('entries.channels.costNote')} />
          </Row>
        </Box>
      </Collapse>
    </Box>
  );
}

/** Yes, or nothing said. */
export function Flag({ pointer, label }: { pointer: string; label: string }) {
  const { value, set } = useField<boolean>(pointer);
  return (
    <FormControlLabel
      control={<Checkbox size="small" checked={value === true} onChange={(_, on) => set(on ? true : undefined)} />}
      label={label}
    />
  );
}
