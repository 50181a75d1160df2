import { Box, Chip, Paper, Typography } from '@mui/material';
import BlockOutlined from '@mui/icons-material/BlockOutlined';
import InfoOutlined from '@mui/icons-material/InfoOutlined';
import { pickText, type Entry } from '@waymark/domain';
import type { References } from '../contract.ts';
import { areaText } from '../records/areaText.ts';
import { needName, useWords } from '../records/words.ts';
import { Localised, tagToShow } from '../records/localised.tsx';
import { ValueWithSource } from '../records/ValueWithSource.tsx';
import { listText } from '../records/valueLines.ts';
import { ChannelView } from './ChannelView.tsx';
import { Expectations } from './Expectations.tsx';
import { Fact } from './Fact.tsx';

/** An entry as the public will see it: who, how to reach them, when, and what to expect. */
export function EntryCard({
  entry,
  references,
  organisationName,
}: {
  entry: Entry;
  references: References;
  organisationName?: string | null | undefined;
}) {
  const { t, locale } = useWords();
  const organisation = references[entry.organisation]?.name ?? organisationName;
  const official = Object.entries(entry.names).find(([, name]) => name.origin === 'official')?.[0];
  const shownTag = tagToShow(entry.names, locale);
  const live = entry.channels.filter(({ retired }) => retired === undefined);
  return (
    <Paper variant="outlined" component="article" aria-label={pickText(entry.names, locale)} sx={{ overflow: 'clip' }}>
      <Box sx={{ p: { xs: 2, sm: 3 }, pb: 2, borderBlockStart: '4px solid', borderColor: 'primary.main' }}>
        <Typography variant="overline" component="p" color="text.secondary">
          <ValueWithSource path="/kind">{t(`vocabulary.kind.${entry.kind}`)}</ValueWithSource>
        </Typography>
        <Typography variant="h2" sx={{ fontSize: '1.5rem', overflowWrap: 'anywhere' }}>
          <Localised text={entry.names} />
        </Typography>
        {official !== undefined && official !== shownTag && (
          <Typography color="text.secondary">
            <Localised text={entry.names} preferOfficial />
          </Typography>
        )}
        {organisation && (
          <Typography variant="body2" color="text.secondary" sx={{ mt: 0.5 }}>
            <ValueWithSource path="/organisation">
              {t('entries.card.by')} <bdi>{organisation}</bdi>
            </ValueWithSource>
          </Typography>
        )}
        {entry.summary && (
          <Typography sx={{ mt: 1.5, maxWidth: '60ch' }}>
            <Localised text={entry.summary} />
          </Typography>
        )}
        <OperationalNotice entry={entry} />
      </Box>
      {live.length === 0 ? (
        <Typography color="text.secondary" sx={{ px: 3, pb: 2 }}>
          {t('entries.card.noChannel')}
        </Typography>
      ) : (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {live.map((channel) => (
            <Box
              key={channel.id}
              component="li"
              sx={{ borderTop: 1, borderColor: 'divider', px: { xs: 2, sm: 3 }, py: 2 }}
            >
              <ChannelView channel={channel} />
            </Box>
          ))}
        </Box>
      )}
      <Box sx={{ borderTop: 1, borderColor: 'divider', px: { xs: 2, sm: 3 }, py: 2.25, display: 'grid', gap: 2 }}>
        <Expectations entry={entry} />
        <Serves entry={entry} />
        <Accepts entry={entry} />
      </Box>
      {entry.mustNot && entry.mustNot.length > 0 && (
        <Box
          sx={{
            bgcolor: 'action.hover',
            px: { xs: 2, sm: 3 },
            py: 1.5,
            display: 'flex',
            gap: 1.25,
            alignItems: 'flex-start',
          }}
        >
          <BlockOutlined aria-hidden color="warning" sx={{ mt: 0.25 }} />
          <Typography variant="body2" component="div">
            <ValueWithSource path="/mustNot">
              <strong>
                {listText(
                  entry.mustNot.map((rule) => t(`vocabulary.mustNot.${rule}`)),
                  locale,
                )}
              </strong>
            </ValueWithSource>
          </Typography>
        </Box>
      )}
    </Paper>
  );
}

function OperationalNotice({ entry }: { entry: Entry }) {
  const { t } = useWords();
  const { status, notice } = entry.operational;
  if (status === 'operating' && !notice) return null;
  return (
    <Box sx={{ mt: 1.5, display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
      <ValueWithSource path="/operational">
        <Chip
          size="small"
          icon={<InfoOutlined />}
          color={status === 'unknown' ? 'default' : status === 'operating' ? 'success' : 'warning'}
          variant="outlined"
          label={`${t('fields.operational')}: ${t(`vocabulary.operationalStatus.${status}`)}`}
        />
      </ValueWithSource>
      {notice && <Localised text={notice} />}
    </Box>
  );
}

function Serves({ entry }: { entry: Entry }) {
  const words = useWords();
  const { t } = words;
  if (entry.serves.length === 0) return null;
  return (
    <Fact label={t('fields.serves')}>
      {entry.serves.slice(0, 12).map(({ area, basis, strength }) => (
        <ValueWithSource key={area} path={`/serves/${area}`}>
          <span>
            {areaText(area, words)}
            {(basis !== 'any' || strength !== 'primary') && (
              <Typography component="span" variant="body2" color="text.secondary">
                {' '}
                (
                {[
                  basis === 'any' ? '' : t(`vocabulary.servesBasis.${basis}`),
                  strength === 'primary' ? '' : t(`vocabulary.strength.${strength}`),
                ]
                  .filter(Boolean)
                  .join(', ')}
                )
              </Typography>
            )}
          </span>
        </ValueWithSource>
      ))}
      {entry.serves.length > 12 && <span>+{entry.serves.length - 12}</span>}
    </Fact>
  );
}

const SAYS = { yes: '✓', conditional: '◐', no: '✕', unknown: '?' } as const;

function Accepts({ entry }: { entry: Entry }) {
  const { t } = useWords();
  const all = Object.entries(entry.accepts);
  if (all.length === 0) return null;
  return (
    <Fact label={t('fields.accepts')}>
      {all.map(([need, acceptance]) =>
        acceptance === undefined ? null : (
          <ValueWithSource key={need} path={`/accepts/${need}`}>
            <Box component="span" sx={{ color: acceptance.answer === 'no' ? 'text.secondary' : undefined }}>
              <Box component="span" aria-hidden sx={{ display: 'inline-block', width: '1.3em', fontWeight: 700 }}>
                {SAYS[acceptance.answer]}
              </Box>
              {needName(need, t)}
              {acceptance.answer !== 'yes' && ` – ${t(`vocabulary.answer.${acceptance.answer}`)}`}
              {acceptance.note && (
                <>
                  {' '}
                  (<bdi>{acceptance.note}</bdi>)
                </>
              )}
            </Box>
          </ValueWithSource>
        ),
      )}
    </Fact>
  );
}
