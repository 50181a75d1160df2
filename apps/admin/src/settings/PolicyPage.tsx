import { useState, type FormEvent } from 'react';
import { Alert, Box, Button, Checkbox, FormControlLabel, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { DEFAULT_WINDOW, Policy, Risk } from '@waymark/domain';
import { useTranslate } from 'ra-core';
import { Link } from 'react-router-dom';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { Page } from '../common/Page.tsx';
import { Panel } from '../common/Panel.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { When } from '../common/When.tsx';
import type { PolicyView } from '../contract.ts';
import { Loading } from '../layout/Loading.tsx';
import { useMay } from '../session/current.ts';
import { useAdminRequest } from '../users/useAdminRequest.ts';
import { PolicyTable, WITHHOLD_SWITCHES } from './PolicyTable.tsx';
import { usePolicy } from './usePolicy.ts';
import { WindowInput } from './WindowInput.tsx';

/** How many people it takes: the policy in force, who may change it, and what it was before. */
export function PolicyPage() {
  const translate = useTranslate();
  const policy = usePolicy();
  return (
    <Page title={translate('settings.title')} subtitle={translate('settings.subtitle')} width="reading">
      {policy.isError ? (
        <ErrorState error={policy.error} onRetry={() => void policy.refetch()} />
      ) : policy.data ? (
        <Stack spacing={2}>
          <Current view={policy.data} />
          <History view={policy.data} />
        </Stack>
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function Current({ view }: { view: PolicyView }) {
  const translate = useTranslate();
  const mayChange = useMay('policy.administer');
  const [isChanging, setChanging] = useState(false);
  return (
    <Panel title={translate('settings.current', { n: view.version })}>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {translate('settings.since')} <When at={view.since} mode="datetime" />
      </Typography>
      {isChanging ? (
        <PolicyForm policy={view.policy} onClose={() => setChanging(false)} />
      ) : (
        <>
          <PolicyTable policy={view.policy} />
          <Box sx={{ mt: 2 }}>
            <ActionButton
              variant="outlined"
              refusal={mayChange ? null : { code: 'not-permitted', detail: translate('settings.who') }}
              onClick={() => setChanging(true)}
            >
              {translate('settings.change')}
            </ActionButton>
          </Box>
        </>
      )}
    </Panel>
  );
}

function PolicyForm({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const translate = useTranslate();
  const [draft, setDraft] = useState(policy);
  const [isAsked, setAsked] = useState(false);
  const request = useAdminRequest({ onDone: () => setAsked(true) });
  const parsed = Policy.safeParse(draft);
  const isSame = JSON.stringify(draft) === JSON.stringify(policy);
  if (isAsked) {
    return (
      <Alert
        severity="success"
        action={
          <Button component={Link} to="/admin-requests" color="inherit" size="small">
            {translate('common.action.open')}
          </Button>
        }
      >
        {translate('users.request.asked')}
      </Alert>
    );
  }
  const withhold = (change: Partial<Policy['withhold']>) =>
    setDraft({ ...draft, withhold: { ...draft.withhold, ...change } });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed.success) void request.run({ kind: 'policy.change', payload: parsed.data });
  };
  return (
    <Box component="form" onSubmit={submit}>
      <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
        {Risk.options.map((risk) => (
          <TextField
            key={risk}
            select
            label={translate(`common.risk.${risk}`)}
            helperText={translate(`common.risk.${risk}long`)}
            value={draft.approvals[risk]}
            onChange={(event) =>
              setDraft({ ...draft, approvals: { ...draft.approvals, [risk]: Number(event.target.value) } })
            }
          >
            {[1, 2, 3, 4, 5].map((count) => (
              <MenuItem key={count} value={count}>
                {translate('settings.approvals', { smart_count: count })}
              </MenuItem>
            ))}
          </TextField>
        ))}
        <TextField
          type="number"
          label={translate('settings.maxLoss')}
          helperText={translate('settings.maxLossHelp')}
          value={draft.gate.maxLossPercent}
          onChange={(event) =>
            setDraft({ ...draft, gate: { ...draft.gate, maxLossPercent: Number(event.target.value) } })
          }
          error={!Policy.shape.gate.safeParse(draft.gate).success}
          slotProps={{ htmlInput: { min: 1, max: 100, step: 1 } }}
        />
        <TextField
          select
          label={translate('settings.withholdBelow')}
          helperText={translate('settings.withholdHelp')}
          value={draft.withhold.below}
          onChange={(event) =>
            // Its options are the schema's own.
            withhold({ below: event.target.value as Policy['withhold']['below'] })
          }
        >
          {Policy.shape.withhold.shape.below.options.map((least) => (
            <MenuItem key={least} value={least}>
              {translate(`settings.below.${least}`)}
            </MenuItem>
          ))}
        </TextField>
      </Box>
      <FormControlLabel
        sx={{ mt: 1 }}
        control={
          <Checkbox
            checked={draft.gate.lastOfCountry}
            onChange={(event) => setDraft({ ...draft, gate: { ...draft.gate, lastOfCountry: event.target.checked } })}
          />
        }
        label={translate('settings.lastOfCountry')}
      />
      {WITHHOLD_SWITCHES.map((name) => (
        <Box key={name}>
          <FormControlLabel
            control={
              <Checkbox
                checked={draft.withhold[name]}
                onChange={(event) => withhold({ [name]: event.target.checked })}
              />
            }
            label={translate(`settings.withhold.${name}`)}
          />
        </Box>
      ))}
      <WindowInput value={draft.window ?? DEFAULT_WINDOW} onChange={(window) => setDraft({ ...draft, window })} />
      {!isSame && parsed.success && (
        <Box sx={{ my: 2 }}>
          <Typography component="h3" variant="h3" sx={{ mb: 0.5 }}>
            {translate('settings.difference')}
          </Typography>
          <PolicyTable policy={parsed.data} before={policy} />
        </Box>
      )}
      <ProblemNote problem={request.problem} />
      <Box sx={{ mt: 2, display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
        <ActionButton
          type="submit"
          busy={request.busy}
          refusal={isSame ? { code: 'nothing-changed' } : parsed.success ? null : { code: 'input-invalid' }}
        >
          {translate('users.request.ask')}
        </ActionButton>
        <Button onClick={onClose}>{translate('common.action.cancel')}</Button>
      </Box>
    </Box>
  );
}

function History({ view }: { view: PolicyView }) {
  const translate = useTranslate();
  const versions = [...view.history].sort((a, b) => b.version - a.version);
  return (
    <Panel title={translate('settings.history')}>
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {versions.map((version, i) => (
          <Box component="li" key={version.version}>
            <Box component="details" open={i === 0 && versions.length > 1}>
              <Box component="summary" sx={{ cursor: 'pointer', py: 0.5 }}>
                {translate('settings.version', { n: version.version })} · <When at={version.since} mode="datetime" />
              </Box>
              <PolicyTable policy={version.policy} before={versions[i + 1]?.policy} />
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
