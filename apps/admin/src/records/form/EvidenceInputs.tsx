import { useState } from 'react';
import { Box, Button, Chip, Collapse, IconButton, Paper, Typography } from '@mui/material';
import Add from '@mui/icons-material/Add';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import EditOutlined from '@mui/icons-material/EditOutlined';
import { EvidenceKind, Sensitivity, type Evidence } from '@waymark/domain';
import { EvidenceItem } from '../EvidenceItem.tsx';
import { fieldLabel } from '../fieldLabel.ts';
import { useWords } from '../words.ts';
import { ChoiceInput } from './ChoiceInput.tsx';
import { useDocument, useField } from './DocumentForm.tsx';
import { freeId, todayIn } from './newEvidence.ts';
import { Row } from './Section.tsx';
import { TableInput } from './TableInput.tsx';
import { TextInput } from './TextInput.tsx';

const NOTHING: Evidence[] = [];

/** All sources of the document, with the values each speaks for. Most are added beside the value itself. */
export function EvidenceInputs() {
  const { t } = useWords();
  const { value = NOTHING, set } = useField<Evidence[]>('/evidence');
  const [open, setOpen] = useState<string>();
  return (
    <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Typography variant="body2" color="text.secondary">
        {t('records.evidence.help')}
      </Typography>
      {value.map((evidence, i) => (
        <EvidenceRow
          key={evidence.id}
          evidence={evidence}
          pointer={`/evidence/${i}`}
          isOpen={open === evidence.id}
          onToggle={() => setOpen(open === evidence.id ? undefined : evidence.id)}
          onRemove={() => set(value.length === 1 ? undefined : value.filter((_, at) => at !== i))}
        />
      ))}
      <Box>
        <Button
          size="small"
          startIcon={<Add />}
          onClick={() => {
            const id = freeId('source', value);
            set([
              ...value,
              {
                id,
                kind: 'official-page',
                title: '',
                capturedAt: todayIn(new Date()),
                sensitivity: 'public',
                supports: [],
              },
            ]);
            setOpen(id);
          }}
        >
          {t('records.evidence.addAny')}
        </Button>
      </Box>
    </Box>
  );
}

type RowProps = { evidence: Evidence; pointer: string; isOpen: boolean; onToggle: () => void; onRemove: () => void };

function EvidenceRow({ evidence, pointer, isOpen, onToggle, onRemove }: RowProps) {
  const words = useWords();
  const { t } = words;
  const doc = useDocument();
  const { set } = useField<string[]>(`${pointer}/supports`);
  const title = evidence.title || t('records.evidence.untitled');
  return (
    <Paper variant="outlined" sx={{ p: 1.5, minWidth: 0 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <EvidenceItem evidence={{ ...evidence, title }} />
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, mt: 0.75, alignItems: 'center' }}>
            <Typography variant="body2" color="text.secondary" component="span">
              {t('fields.part.supports')}
            </Typography>
            {evidence.supports.map((path) => (
              <Chip
                key={path}
                size="small"
                variant="outlined"
                label={fieldLabel(path, words, [doc])}
                onDelete={() => set(evidence.supports.filter((other) => other !== path))}
              />
            ))}
            {evidence.supports.length === 0 && (
              <Typography variant="body2">{t('records.evidence.supportsNothing')}</Typography>
            )}
          </Box>
        </Box>
        <IconButton aria-label={t('records.form.edit', { name: title })} aria-expanded={isOpen} onClick={onToggle}>
          <EditOutlined />
        </IconButton>
        <IconButton aria-label={t('records.form.remove', { name: title })} onClick={onRemove}>
          <DeleteOutline />
        </IconButton>
      </Box>
      <Collapse in={isOpen} unmountOnExit timeout={120}>
        <TextInput pointer={`${pointer}/title`} label={t('fields.part.title')} required />
        <Row>
          <TextInput
            pointer={`${pointer}/url`}
            label={t('fields.part.url')}
            code
            parse={(text) => text.trim() || undefined}
          />
          <ChoiceInput
            pointer={`${pointer}/kind`}
            label={t('fields.part.kind')}
            words="evidenceKind"
            codes={EvidenceKind.options}
            required
          />
          <TextInput pointer={`${pointer}/capturedAt`} label={t('fields.part.capturedAt')} type="date" />
          <TextInput pointer={`${pointer}/publisher`} label={t('fields.part.publisher')} />
          <TextInput pointer={`${pointer}/publishedAt`} label={t('fields.part.publishedAt')} type="date" />
          <TableInput pointer={`${pointer}/language`} table="language" label={t('fields.part.language')} />
          <TextInput
            pointer={`${pointer}/archiveUrl`}
            label={t('fields.part.archiveUrl')}
            code
            parse={(text) => text.trim() || undefined}
          />
          <TextInput pointer={`${pointer}/locator`} label={t('fields.part.locator')} />
          <ChoiceInput
            pointer={`${pointer}/sensitivity`}
            label={t('fields.part.sensitivity')}
            words="sensitivity"
            codes={Sensitivity.options}
          />
        </Row>
        <TextInput
          pointer={`${pointer}/excerpt`}
          label={t('fields.part.excerpt')}
          multiline
          help={t('records.evidence.excerptHelp')}
        />
      </Collapse>
    </Paper>
  );
}
