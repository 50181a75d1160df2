import {
  Box,
  Button,
  Checkbox,
  Chip,
  Collapse,
  FormControlLabel,
  IconButton,
  Paper,
  Tooltip,
  Typography,
} from '@mui/material';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import ExpandMore from '@mui/icons-material/ExpandMore';
import { Cost, channelAddress, Channel, isSignLanguage, type ChannelType } from '@waymark/domain';
import { useDocumentForm, useField, useProblemCount } from '../../records/form/DocumentForm.tsx';
import { EvidenceHere } from '../../records/form/EvidenceHere.tsx';
import { useWords } from '../../records/words.ts';
import { hoursText } from '../../records/hoursText.ts';
import { factAt } from '../../records/path.ts';
import { ChoiceInput } from '../../records/form/ChoiceInput.tsx';
import { Row } from '../../records/form/Section.tsx';
import { TablesField } from '../../records/form/TableInput.tsx';
import { TextInput } from '../../records/form/TextInput.tsx';
import { ChannelIcon } from '../channelIcon.tsx';
import { ChannelDetails } from './ChannelDetails.tsx';
import { ChannelValueInput } from './ChannelValueInput.tsx';
import { HoursInput } from './HoursInput.tsx';
import { ReachInput } from './ReachInput.tsx';

const NUMBERED: readonly ChannelType[] = ['phone', 'sms', 'textphone', 'relay'];

/** One way in. Closed a line; open its number or address first, then hours, languages and reach, then the rest on request. */
export function ChannelEditor({
  pointer,
  isOpen,
  onToggle,
  onRemove,
}: {
  pointer: string;
  isOpen: boolean;
  onToggle: () => void;
  onRemove: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const { base } = useDocumentForm();
  const { value, factPath, isChanged } = useField<Partial<Channel> & { id: string; type: ChannelType }>(pointer);
  const problems = useProblemCount([pointer]);
  if (!value) return null;
  const parsed = Channel.safeParse(value);
  const isNew = base === null || factAt(base, factPath) === undefined;
  const typeName = t(`vocabulary.channelType.${value.type}`);
  const address = parsed.success ? channelAddress(parsed.data) : undefined;
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-label={`${typeName} ${address ?? ''}`}
      sx={{ borderColor: isOpen ? 'primary.main' : undefined, minWidth: 0 }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, p: 1 }}>
        <Button
          onClick={onToggle}
          aria-expanded={isOpen}
          color="inherit"
          sx={{ flex: 1, justifyContent: 'flex-start', textAlign: 'start', gap: 1.25, minWidth: 0, py: 0.75 }}
        >
          <ChannelIcon type={value.type} />
          <Box
            component="span"
            sx={{ flex: 1, minWidth: 0, display: 'flex', flexWrap: 'wrap', columnGap: 1.25, alignItems: 'baseline' }}
          >
            <span>{typeName}</span>
            {address && (
              <Box
                component="bdi"
                dir="ltr"
                sx={{ fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere', fontWeight: 700 }}
              >
                {address}
              </Box>
            )}
            {!isOpen && value.hours && (
              <Typography component="span" variant="body2" color="text.secondary">
                {hoursText(value.hours, words)}
              </Typography>
            )}
            {value.retired && <Chip component="span" size="small" label={t('fields.part.retired')} />}
            {isChanged && !isNew && (
              <Chip
                component="span"
                size="small"
                color="secondary"
                variant="outlined"
                label={t('records.form.changed')}
              />
            )}
            {problems > 0 && (
              <Chip
                component="span"
                size="small"
                color="error"
                variant="outlined"
                label={t('records.form.problems', { smart_count: problems })}
              />
            )}
          </Box>
          <ExpandMore aria-hidden sx={{ transform: isOpen ? 'rotate(180deg)' : 'none' }} />
        </Button>
        {isNew && (
          <Tooltip title={t('entries.channels.remove', { name: typeName })}>
            <IconButton aria-label={t('entries.channels.remove', { name: typeName })} onClick={onRemove}>
              <DeleteOutline />
            </IconButton>
          </Tooltip>
        )}
      </Box>
      <Collapse in={isOpen} unmountOnExit timeout={120}>
        <Box sx={{ px: { xs: 1.25, sm: 2 }, pb: 2, display: 'grid', gap: 0.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <ChannelValueInput pointer={pointer} type={value.type} />
          {/* A new channel is one fact; of a known one each value has sources of its own. */}
          <EvidenceHere pointer={isNew ? pointer : `${pointer}/value`} />
          <HoursInput pointer={`${pointer}/hours`} />
          {!isNew && <EvidenceHere pointer={`${pointer}/hours`} />}
          <Row>
            <LanguagesOffered pointer={`${pointer}/languages`} />
            {NUMBERED.includes(value.type) && (
              <ChoiceInput
                pointer={`${pointer}/cost/level`}
                label={t('fields.channels_cost')}
                words="cost"
                codes={Cost.options}
                clearable
              />
            )}
          </Row>
          {NUMBERED.includes(value.type) && <ReachInput pointer={`${pointer}/reach`} isNew={isNew} />}
          <ChannelDetails pointer={pointer} isNew={isNew} />
          {!isNew && <RetireChannel pointer={pointer} />}
        </Box>
      </Collapse>
    </Paper>
  );
}

type Offered = { tag: string; mode?: string };

/** Languages a channel is offered in. A sign language is signed without anybody saying so. */
export function LanguagesOffered({ pointer }: { pointer: string }) {
  const { t } = useWords();
  const { value = [], set, touch, error } = useField<Offered[]>(pointer);
  return (
    <TablesField
      table="language"
      label={t('fields.channels_languages')}
      value={value.map(({ tag }) => tag)}
      pointer={pointer}
      error={error}
      onBlur={touch}
      onChange={(tags) => {
        const next = tags.map(
          (tag) =>
            value.find((offered) => offered.tag === tag) ?? { tag, ...(isSignLanguage(tag) ? { mode: 'signed' } : {}) },
        );
        set(next.length === 0 ? undefined : next);
      }}
    />
  );
}

/** A channel that published apps know is retired, not deleted, so that they learn of it. */
function RetireChannel({ pointer }: { pointer: string }) {
  const { t } = useWords();
  const { value, set } = useField<{ at?: string; reason?: string }>(`${pointer}/retired`);
  return (
    <Box sx={{ mt: 1 }}>
      <FormControlLabel
        control={
          <Checkbox
            size="small"
            checked={value !== undefined}
            onChange={(_, on) =>
              set(on ? { at: new Date().toISOString().slice(0, 10), reason: 'number-changed' } : undefined)
            }
          />
        }
        label={t('entries.channels.retire')}
      />
      {value !== undefined && (
        <>
          <Row>
            <TextInput pointer={`${pointer}/retired/at`} label={t('fields.part.at')} type="date" />
            <ChoiceInput
              pointer={`${pointer}/retired/reason`}
              label={t('fields.part.reason')}
              words="retireReason"
              codes={[
                'number-changed',
                'closed',
                'replaced-by',
                'unverifiable',
                'at-organisation-request',
                'legal',
                'unsafe',
              ]}
            />
            <TextInput pointer={`${pointer}/retired/overlapUntil`} label={t('fields.part.overlapUntil')} type="date" />
          </Row>
          <EvidenceHere pointer={`${pointer}/retired`} />
        </>
      )}
    </Box>
  );
}
