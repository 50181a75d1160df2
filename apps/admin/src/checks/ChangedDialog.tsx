import { useState, useSyncExternalStore } from 'react';
import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { coversPath, Cost, diffDocuments, type Evidence, type Json } from '@waymark/domain';
import type { ProblemBody } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import type { RecordView } from '../contract.ts';
import { AudienceInputs } from '../entries/inputs/AudienceInputs.tsx';
import { LanguagesOffered } from '../entries/inputs/ChannelEditor.tsx';
import { ChannelValueInput } from '../entries/inputs/ChannelValueInput.tsx';
import { ExpectationInputs } from '../entries/inputs/ExpectationInputs.tsx';
import { HoursInput } from '../entries/inputs/HoursInput.tsx';
import { IdentityInputs } from '../entries/inputs/IdentityInputs.tsx';
import { ReachInput } from '../entries/inputs/ReachInput.tsx';
import { ChoiceInput } from '../records/form/ChoiceInput.tsx';
import { DocumentForm } from '../records/form/DocumentForm.tsx';
import { createDocumentStore } from '../records/form/documentStore.ts';
import { MembershipsInput } from '../records/form/MembershipsInput.tsx';
import { pointerOf, type RawDocument } from '../records/path.ts';
import { useWords } from '../records/words.ts';
import { useMay } from '../session/current.ts';
import type { GroupName, Unit } from './units.ts';

const NUMBERED: readonly string[] = ['phone', 'sms', 'textphone', 'relay'];

/**
 * What it says now, typed by kind with the inputs of the entry form. Recording it opens a proposal with the source attached: a check
 * never edits.
 */
export function ChangedDialog({
  unit,
  view,
  evidence,
  busy,
  problem,
  onClose,
  onRecord,
}: {
  unit: Unit;
  view: RecordView<'entry'>;
  /** What was looked at; none when one tried the channel oneself. */
  evidence: readonly Evidence[];
  busy: boolean;
  problem: ProblemBody | null;
  onClose: () => void;
  onRecord: (
    outcome: 'confirmed-changed' | 'contradicted',
    observed: Record<string, Json> | undefined,
    andSend: boolean,
  ) => void;
}) {
  const { t } = useWords();
  const mayWrite = useMay('proposal.write');
  const base = view.doc as unknown as RawDocument; // A document as forms hold it: nothing is promised about its shape.
  // Made once: what is typed must not be lost when the page around it is drawn again. With the source attached beforehand the
  // inputs know where the new value was seen and do not ask again.
  const [store] = useState(() => {
    const others = view.doc.evidence.filter(({ id }) => evidence.every((each) => each.id !== id));
    return createDocumentStore('entry', { ...base, evidence: [...others, ...evidence] });
  });
  const doc = useSyncExternalStore(store.subscribe, store.get);
  const changes = diffDocuments(base, doc).filter(({ path }) => unit.paths.some((own) => coversPath(own, path)));
  const observed = Object.fromEntries(changes.map(({ path, after }) => [path, after ?? null]));
  const problems = store.problems().filter(({ path }) => !path.startsWith('/evidence'));
  const [isTried, setTried] = useState(false);
  const pointer = unit.kind === 'channel' ? pointerOf(base, `/channels/${unit.channel.id}`) : undefined;
  const [focus] = useState(pointer === undefined ? undefined : { pointer: `${pointer}/value` });
  const why = changes.length === 0 ? 'checks.changed.nothing' : undefined;
  const record = (andSend: boolean) => {
    setTried(true);
    if (why === undefined && problems.length === 0) onRecord('confirmed-changed', observed, andSend);
  };
  return (
    <Dialog open onClose={onClose} maxWidth="md" fullWidth aria-labelledby="changed-title">
      <DialogTitle id="changed-title">{t('checks.changed.title')}</DialogTitle>
      <DialogContent>
        {evidence.map(({ id, title }) => (
          <Typography key={id} variant="body2" color="text.secondary" sx={{ mb: 1 }}>
            {t('checks.changed.seenOn')} <bdi>{title}</bdi>
          </Typography>
        ))}
        <DocumentForm store={store} base={base} references={view.references} showAll={isTried} focus={focus}>
          <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'minmax(0, 1fr)' }}>
            {unit.kind === 'channel' && pointer !== undefined ? (
              <>
                <ChannelValueInput pointer={pointer} type={unit.channel.type} />
                <HoursInput pointer={`${pointer}/hours`} />
                <LanguagesOffered pointer={`${pointer}/languages`} />
                {NUMBERED.includes(unit.channel.type) && (
                  <>
                    <ChoiceInput
                      pointer={`${pointer}/cost/level`}
                      label={t('fields.channels_cost')}
                      words="cost"
                      codes={Cost.options}
                      clearable
                    />
                    <ReachInput pointer={`${pointer}/reach`} isNew />
                  </>
                )}
              </>
            ) : (
              unit.kind === 'group' && <GroupInputs group={unit.group} />
            )}
          </Box>
        </DocumentForm>
        {isTried && problems.length > 0 && (
          <Alert severity="error" sx={{ mt: 1 }}>
            {t('records.form.problems', { smart_count: problems.length })}
          </Alert>
        )}
        {!mayWrite && (
          <Alert severity="info" sx={{ mt: 1 }}>
            {t('checks.changed.noWriter')}
          </Alert>
        )}
        <ProblemNote problem={problem} />
      </DialogContent>
      <DialogActions>
        {why && (
          <Typography id="changed-why" variant="body2" color="text.secondary" sx={{ flex: '1 1 100%' }}>
            {t(why)}
          </Typography>
        )}
        <Button onClick={onClose}>{t('common.action.cancel')}</Button>
        <Button disabled={busy} onClick={() => onRecord('contradicted', undefined, false)}>
          {t('checks.changed.unknown')}
        </Button>
        {mayWrite && (
          <>
            <Button disabled={busy || why !== undefined} onClick={() => record(false)}>
              {t('checks.changed.draft')}
            </Button>
            <Button
              variant="contained"
              disabled={busy || why !== undefined}
              aria-busy={busy}
              aria-describedby={why ? 'changed-why' : undefined}
              onClick={() => record(true)}
            >
              {t('checks.changed.send')}
            </Button>
          </>
        )}
      </DialogActions>
    </Dialog>
  );
}

function GroupInputs({ group }: { group: GroupName }) {
  switch (group) {
    case 'identity':
      return <IdentityInputs />;
    case 'people':
      return <AudienceInputs />;
    case 'expectations':
      return <ExpectationInputs />;
    case 'memberships':
      return <MembershipsInput />;
  }
}
