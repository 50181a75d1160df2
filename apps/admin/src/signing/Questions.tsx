import { useId, useState } from 'react';
import { Box, Checkbox, FormControlLabel, TextField, Typography } from '@mui/material';
import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import type { Confirmable } from '@waymark/domain';
import { useTranslate } from 'ra-core';
import { Panel } from '../common/Panel.tsx';
import { isSaid, type Question } from './questions.ts';
import { Reasons } from './Refusals.tsx';

/** What is heard or named in a sentence is typed; what nobody would type (a digest, an id) is ticked. */
const TYPED: readonly Confirmable['kind'][] = ['hosts', 'drop', 'policies', 'firstUse'];

/** What is unusual about a snapshot: a person answers for each, by typing what is shown. */
export function Questions({
  questions,
  answered,
  onAnswer,
}: {
  questions: readonly Question[];
  answered: ReadonlySet<string>;
  onAnswer: (question: Question, isMeant: boolean) => void;
}) {
  const translate = useTranslate();
  const isOpen = questions.some(({ key }) => !answered.has(key));
  return (
    <Panel title={translate('signing.confirm.title')} sx={{ borderColor: isOpen ? 'warning.main' : 'divider' }}>
      <Typography sx={{ mb: 2, maxWidth: '72ch' }}>{translate('signing.confirm.text')}</Typography>
      <Box sx={{ display: 'grid', gap: 3 }}>
        {questions.map((question) => (
          <Answer
            key={question.key}
            question={question}
            isMeant={answered.has(question.key)}
            onAnswer={(isMeant) => onAnswer(question, isMeant)}
          />
        ))}
      </Box>
    </Panel>
  );
}

type AnswerProps = { question: Question; isMeant: boolean; onAnswer: (isMeant: boolean) => void };

function Answer({ question: { confirm, refusals }, isMeant, onAnswer }: AnswerProps) {
  const translate = useTranslate();
  const reasonId = useId();
  const [text, setText] = useState('');
  return (
    <div>
      <div id={reasonId}>
        <Reasons refusals={refusals} />
      </div>
      {TYPED.includes(confirm.kind) ? (
        <TextField
          label={translate(`signing.confirm.${confirm.kind}`)}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            onAnswer(isSaid(event.target.value, confirm));
          }}
          helperText={
            isMeant
              ? translate('signing.confirm.done')
              : confirm.kind === 'firstUse'
                ? translate('signing.confirm.firstUseHelp')
                : translate('signing.confirm.type', { value: confirm.value })
          }
          fullWidth
          autoComplete="off"
          sx={{ maxWidth: 560, mt: 1 }}
          slotProps={{
            htmlInput: { dir: 'ltr', spellCheck: false, autoCapitalize: 'none', 'aria-describedby': reasonId },
            input: { endAdornment: isMeant ? <CheckCircle color="success" aria-hidden /> : undefined },
          }}
        />
      ) : (
        <FormControlLabel
          control={<Checkbox checked={isMeant} onChange={(event) => onAnswer(event.target.checked)} />}
          label={translate(`signing.confirm.${confirm.kind}`)}
        />
      )}
    </div>
  );
}
