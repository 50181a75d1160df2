import { useId, useState } from 'react';
import {
  Box,
  Button,
  Checkbox,
  FormControlLabel,
  MenuItem,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
  Typography,
  type TextFieldProps,
} from '@mui/material';
import ExpandLess from '@mui/icons-material/ExpandLess';
import ExpandMore from '@mui/icons-material/ExpandMore';
import { useQuery } from '@tanstack/react-query';
import { ChannelType, isCountry, Reporter, type RouteNeed, type RouteRequest } from '@waymark/domain';
import { api } from '../api.ts';
import type { Page, ProposalRow } from '../contract.ts';
import { proposalName } from '../proposals/proposalName.ts';
import { TableField, TablesField } from '../records/form/TableInput.tsx';
import { useWords } from '../records/words.ts';
import { useNewestSnapshots } from '../snapshots/useSnapshots.ts';
import type { On, Question } from './routingAddress.ts';
import { ASKABLE, routeNeedName } from './askable.ts';

const DANGER = ['unknown', 'no', 'yes'] as const;
const ANONYMITY = ['indifferent', 'preferred', 'required'] as const;

/** The question: where, what, and of what it is asked. Every change is answered at once. */
export function QuestionForm({ question, onChange }: { question: Question; onChange: (question: Question) => void }) {
  const { t } = useWords();
  const more = useId();
  const { request, at } = question;
  const isSaid =
    request.platform !== undefined ||
    request.identifiable ||
    request.ongoing !== undefined ||
    request.incidentCountry !== undefined ||
    request.residence !== undefined ||
    request.usable !== undefined;
  const [isOpen, setOpen] = useState(isSaid);
  const say = (changes: Partial<{ [K in keyof RouteRequest]: RouteRequest[K] | undefined }>) =>
    // A member taken away is absent, not undefined, which the schema would refuse.
    onChange({ ...question, request: clean({ ...request, ...changes }) });
  return (
    <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'minmax(0,1fr)' }}>
      <Fields>
        <TableField
          table="country"
          label={t('coverage.routing.country')}
          value={request.country ?? undefined}
          onChange={(country) =>
            say({ country: country !== undefined && isCountry(country) ? country : null, subdivision: undefined })
          }
        />
        <Choice
          label={t('coverage.need')}
          value={request.need}
          onChange={(need) => say({ need: need as RouteNeed })}
          options={ASKABLE.map((need) => [need, routeNeedName(need, t)])}
        />
        <Choice
          label={t('coverage.routing.danger')}
          value={request.danger}
          onChange={(danger) => say({ danger: danger as RouteRequest['danger'] })}
          options={DANGER.map((each) => [each, t(`coverage.routing.dangerWords.${each}`)])}
        />
        <Choice
          label={t('coverage.routing.anonymity')}
          value={request.anonymity}
          onChange={(anonymity) => say({ anonymity: anonymity as RouteRequest['anonymity'] })}
          options={ANONYMITY.map((each) => [each, t(`coverage.routing.anonymityWords.${each}`)])}
        />
        <Choice
          label={t('coverage.routing.reporter')}
          value={request.reporter}
          onChange={(reporter) => say({ reporter: reporter as Reporter })}
          options={Reporter.options.map((each) => [each, t(`coverage.routing.reporterWords.${each}`)])}
        />
        <TablesField
          table="language"
          label={t('coverage.routing.languages')}
          value={request.languages}
          onChange={(languages) => say({ languages })}
        />
        <TextField
          type="datetime-local"
          label={t('coverage.routing.at')}
          value={at?.slice(0, 16) ?? ''}
          onChange={(event) =>
            onChange({ ...question, at: event.target.value === '' ? undefined : `${event.target.value}:00Z` })
          }
          slotProps={{ inputLabel: { shrink: true } }}
        />
      </Fields>
      <Box>
        <Button
          size="small"
          aria-expanded={isOpen}
          aria-controls={more}
          onClick={() => setOpen(!isOpen)}
          startIcon={isOpen ? <ExpandLess /> : <ExpandMore />}
        >
          {t('coverage.routing.more')}
        </Button>
      </Box>
      <Box id={more} hidden={!isOpen}>
        {isOpen && (
          <Fields>
            <TextField
              label={t('coverage.routing.platform')}
              helperText={t('coverage.routing.platformHelp')}
              value={request.platform ?? ''}
              onChange={(event) => say({ platform: event.target.value.slice(0, 80) || undefined })}
            />
            <TableField
              table="country"
              label={t('coverage.routing.incidentCountry')}
              value={request.incidentCountry}
              onChange={(country) =>
                say({ incidentCountry: country !== undefined && isCountry(country) ? country : undefined })
              }
            />
            <TableField
              table="country"
              label={t('coverage.routing.residence')}
              value={request.residence}
              onChange={(country) =>
                say({ residence: country !== undefined && isCountry(country) ? country : undefined })
              }
            />
            <TextField
              select
              label={t('coverage.routing.usable')}
              helperText={t('coverage.routing.usableHelp')}
              value={request.usable ?? []}
              onChange={(event) => {
                const usable = ChannelType.array().parse(event.target.value);
                say({ usable: usable.length === 0 ? undefined : usable });
              }}
              slotProps={{ select: { multiple: true } }}
            >
              {ChannelType.options.map((type) => (
                <MenuItem key={type} value={type}>
                  {t(`vocabulary.channelType.${type}`)}
                </MenuItem>
              ))}
            </TextField>
            <FormControlLabel
              control={
                <Checkbox
                  checked={request.identifiable}
                  onChange={(event) => say({ identifiable: event.target.checked })}
                />
              }
              label={t('coverage.routing.identifiable')}
            />
            <Choice
              label={t('coverage.routing.ongoing')}
              value={request.ongoing === undefined ? 'unknown' : request.ongoing ? 'yes' : 'no'}
              onChange={(said) => say({ ongoing: said === 'unknown' ? undefined : said === 'yes' })}
              options={DANGER.map((each) => [each, t(`coverage.routing.dangerWords.${each}`)])}
            />
          </Fields>
        )}
      </Box>
      <AskedOf question={question} onChange={onChange} />
    </Box>
  );
}

/** Now, after a proposal, or as it was published; and whether as if everything had been verified. */
function AskedOf({ question, onChange }: { question: Question; onChange: (question: Question) => void }) {
  const words = useWords();
  const { t } = words;
  const { on, isVerified } = question;
  const proposals = useOpenProposals();
  const snapshots = useNewestSnapshots();
  const published = (snapshots.data?.data ?? []).filter(({ state }) => state === 'published');
  const set = (next: On) => onChange({ ...question, on: next });
  const firstProposal = proposals.data?.[0];
  const firstSnapshot = published[0];
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1.5,
        alignItems: 'center',
        borderTop: 1,
        borderColor: 'divider',
        pt: 1.5,
      }}
    >
      <Typography component="span" variant="body2" color="text.secondary">
        {t('coverage.routing.onLabel')}
      </Typography>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={on.kind}
        aria-label={t('coverage.routing.onLabel')}
        sx={{ flexWrap: 'wrap' }}
        onChange={(_, kind: On['kind'] | null) => {
          if (kind === 'directory') set({ kind });
          if (kind === 'proposal' && firstProposal) set({ kind, id: firstProposal.id });
          if (kind === 'snapshot' && firstSnapshot) set({ kind, sequence: firstSnapshot.sequence });
        }}
      >
        <ToggleButton value="directory" sx={{ color: 'text.primary' }}>
          {t('coverage.routing.on.directory')}
        </ToggleButton>
        <ToggleButton
          value="proposal"
          sx={{ color: 'text.primary' }}
          disabled={!firstProposal && on.kind !== 'proposal'}
        >
          {t('coverage.routing.on.proposal')}
        </ToggleButton>
        <ToggleButton
          value="snapshot"
          sx={{ color: 'text.primary' }}
          disabled={!firstSnapshot && on.kind !== 'snapshot'}
        >
          {t('coverage.routing.on.snapshot')}
        </ToggleButton>
      </ToggleButtonGroup>
      {on.kind === 'proposal' && (
        <Choice
          label={t('coverage.routing.proposal')}
          value={on.id}
          onChange={(id) => set({ kind: 'proposal', id })}
          options={[
            ...(proposals.data ?? []).map(
              (row) => [row.id, `${t(`vocabulary.proposalKind.${row.kind}`)}: ${proposalName(row, words)}`] as const,
            ),
            // One that was closed meanwhile is still what the address says.
            ...(proposals.data?.some(({ id }) => id === on.id) === false ? [[on.id, on.id] as const] : []),
          ]}
        />
      )}
      {on.kind === 'snapshot' && (
        <Choice
          label={t('coverage.routing.snapshot')}
          value={String(on.sequence)}
          onChange={(sequence) => set({ kind: 'snapshot', sequence: Number(sequence) })}
          options={[
            ...published.map(({ sequence }) => [String(sequence), t('snapshots.name', { n: sequence })] as const),
            ...(published.some(({ sequence }) => sequence === on.sequence)
              ? []
              : [[String(on.sequence), t('snapshots.name', { n: on.sequence })] as const]),
          ]}
        />
      )}
      <FormControlLabel
        control={
          <Checkbox
            checked={isVerified}
            onChange={(event) => onChange({ ...question, isVerified: event.target.checked })}
          />
        }
        label={t('coverage.routing.on.verified')}
      />
    </Box>
  );
}

/** Open proposals that can change what somebody sees. */
function useOpenProposals() {
  return useQuery({
    queryKey: ['proposals', 'open-for-preview'],
    queryFn: async ({ signal }) => {
      const of = (state: string) =>
        api.get<Page<ProposalRow>>('/proposals', { query: { state, page: 1, perPage: 100 }, signal });
      const pages = await Promise.all([of('in-review'), of('changes-requested'), of('draft')]);
      return pages.flatMap(({ data }) => data).filter(({ recordType }) => recordType !== 'organisation');
    },
  });
}

function Fields({ children }: { children: React.ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        columnGap: 1.5,
        rowGap: 0.5,
        alignItems: 'start',
        gridTemplateColumns: { xs: 'minmax(0,1fr)', sm: 'repeat(auto-fill, minmax(216px, 1fr))' },
        '& .MuiAutocomplete-root': { minWidth: 0 },
      }}
    >
      {children}
    </Box>
  );
}

function Choice({
  options,
  onChange,
  ...rest
}: Pick<TextFieldProps, 'label' | 'value'> & {
  options: readonly (readonly [code: string, name: string])[];
  onChange: (code: string) => void;
}) {
  return (
    <TextField select {...rest} onChange={(event) => onChange(event.target.value)} sx={{ minWidth: 200 }}>
      {options.map(([code, name]) => (
        <MenuItem key={code} value={code}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}

function clean<T extends Record<string, unknown>>(all: T): RouteRequest {
  // What is undefined goes; what stays was a request before.
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as RouteRequest;
}
