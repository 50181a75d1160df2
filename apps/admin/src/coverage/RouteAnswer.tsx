import { useId } from 'react';
import { Box, Chip, Link as MuiLink, Typography } from '@mui/material';
import InfoOutlined from '@mui/icons-material/InfoOutlined';
import VisibilityOff from '@mui/icons-material/VisibilityOffOutlined';
import { countryName, isCountry } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { SafeLink } from '../common/SafeLink.tsx';
import { ChannelIcon } from '../entries/channelIcon.tsx';
import { useWords } from '../records/words.ts';
import { recordHref } from '../records/useRecord.ts';
import type { NamedRoute, NamedStep } from './useRouting.ts';

type Compared = { other?: NamedRoute; side?: 'before' | 'after' };

/** The answer as the person gets it: steps in order with channels in full, somebody to talk to, what is said besides. */
export function RouteAnswer({ route, isChild, other, side }: { route: NamedRoute; isChild: boolean } & Compared) {
  const { t } = useWords();
  const id = useId();
  const support = route.support.length > 0 && (
    <Box component="section" aria-labelledby={`${id}-support`}>
      <Typography id={`${id}-support`} variant="h3" sx={{ mb: 1 }}>
        {t(route.supportFirst && isChild ? 'coverage.routing.supportFirst' : 'coverage.routing.support')}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {route.support.map((step) => (
          <Step key={step.id} step={step} mark={markOf(step, undefined, other?.support, side)} />
        ))}
      </Box>
    </Box>
  );
  return (
    <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0,1fr)' }}>
      {route.supportFirst && support}
      <Box component="section" aria-labelledby={`${id}-steps`}>
        <Typography id={`${id}-steps`} variant="h3" sx={{ mb: 1 }}>
          {t('coverage.routing.steps')}
        </Typography>
        <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
          {route.steps.map((step, i) => (
            <Step key={step.id} step={step} n={i + 1} mark={markOf(step, i, other?.steps, side)} />
          ))}
        </Box>
      </Box>
      {!route.supportFirst && support}
      {route.notes.length > 0 && (
        <Box component="section" aria-labelledby={`${id}-notes`}>
          <Typography id={`${id}-notes`} variant="h3" sx={{ mb: 1 }}>
            {t('coverage.routing.notes')}
          </Typography>
          <Box component="ul" sx={{ m: 0, paddingInlineStart: 2.5 }}>
            {route.notes.map((note) => (
              <li key={note}>{t(`coverage.routing.note.${note}`)}</li>
            ))}
          </Box>
        </Box>
      )}
      <Withheld withheld={route.withheld} />
    </Box>
  );
}

/** What stays inside, and why: for whoever keeps the directory, never for the person. */
function Withheld({ withheld }: Pick<NamedRoute, 'withheld'>) {
  const { t } = useWords();
  const id = useId();
  return (
    <Box
      component="section"
      aria-labelledby={id}
      sx={{ borderTop: '1px dashed', borderColor: 'divider', pt: 1.5, color: 'text.secondary', typography: 'body2' }}
    >
      <Typography id={id} variant="h3" sx={{ mb: 0.5, display: 'flex', gap: 1, alignItems: 'center' }}>
        <VisibilityOff aria-hidden fontSize="small" />
        {t('coverage.routing.inside')}
      </Typography>
      {withheld.length === 0 ? (
        t('coverage.routing.insideNone')
      ) : (
        <Box component="ul" sx={{ m: 0, paddingInlineStart: 2.5 }}>
          {withheld.map(({ id: entry, name, reason }) => (
            <li key={entry}>
              <MuiLink component={Link} to={recordHref('entry', entry)}>
                <bdi>{name || entry}</bdi>
              </MuiLink>
              {': '}
              {t(`coverage.routing.reason.${reason}`)}
            </li>
          ))}
        </Box>
      )}
    </Box>
  );
}

type Mark = { word: 'stepNew' | 'stepMoved' | 'stepGone'; n: number } | undefined;

/** What the change does to a step: it is new, it stood elsewhere, or it goes. */
function markOf(
  step: NamedStep,
  place: number | undefined,
  others: readonly NamedStep[] | undefined,
  side: Compared['side'],
): Mark {
  if (!others) return undefined;
  const there = others.findIndex(({ id }) => id === step.id);
  if (there < 0) return { word: side === 'before' ? 'stepGone' : 'stepNew', n: 0 };
  return side === 'after' && place !== undefined && there !== place ? { word: 'stepMoved', n: there + 1 } : undefined;
}

function Step({ step, n, mark }: { step: NamedStep; n?: number; mark: Mark }) {
  const { t, locale } = useWords();
  // What only the change brings may have no page yet.
  const isLinked = step.name !== null && mark?.word !== 'stepNew';
  const reasons = [...new Set(step.why)];
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: n === undefined ? 'minmax(0,1fr)' : '32px minmax(0,1fr)',
        columnGap: 1.5,
        border: 1,
        borderColor: mark ? 'warning.main' : 'divider',
        borderRadius: 1,
        p: 1.5,
        bgcolor: mark?.word === 'stepGone' ? 'var(--wm-old)' : mark?.word === 'stepNew' ? 'var(--wm-new)' : undefined,
      }}
    >
      {n !== undefined && (
        <Box
          sx={{
            width: 32,
            height: 32,
            borderRadius: '50%',
            bgcolor: 'primary.main',
            color: 'primary.contrastText',
            fontWeight: 700,
            display: 'grid',
            placeItems: 'center',
          }}
        >
          <span className="visually-hidden">{t('coverage.routing.step', { n })}</span>
          <span aria-hidden>{new Intl.NumberFormat(locale).format(n)}</span>
        </Box>
      )}
      <Box sx={{ minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center' }}>
          <Chip size="small" variant="outlined" label={t(`coverage.routing.tier.${step.tier}`)} />
          {mark && (
            <Chip
              size="small"
              color="warning"
              variant="outlined"
              label={t(`coverage.routing.${mark.word}`, { n: mark.n })}
            />
          )}
        </Box>
        {isLinked ? (
          <MuiLink
            component={Link}
            to={recordHref('entry', step.id)}
            sx={{ display: 'inline-block', fontWeight: 650, mt: 0.5, fontSize: '1.0625rem', overflowWrap: 'anywhere' }}
            color="text.primary"
          >
            <bdi>{step.name}</bdi>
          </MuiLink>
        ) : (
          <Typography sx={{ fontWeight: 650, mt: 0.5, overflowWrap: 'anywhere' }}>
            <bdi>{step.name ?? genericText(step, t, locale)}</bdi>
          </Typography>
        )}
        {step.kind !== null && (
          <Typography variant="body2" color="text.secondary">
            {t(`vocabulary.kind.${step.kind}`)}
          </Typography>
        )}
        {step.channels.length > 0 && (
          <Box component="ul" sx={{ listStyle: 'none', m: 0, mt: 1, p: 0, display: 'grid', gap: 0.5 }}>
            {step.channels.map((channel) => (
              <Box
                component="li"
                key={channel.id}
                sx={{ display: 'flex', gap: 1, alignItems: 'baseline', minHeight: 28 }}
              >
                <ChannelIcon type={channel.type} sx={{ fontSize: 18, color: 'primary.main', alignSelf: 'center' }} />
                <span className="visually-hidden">{t(`vocabulary.channelType.${channel.type}`)}</span>
                <Address {...channel} />
              </Box>
            ))}
          </Box>
        )}
        {step.caveats.length > 0 && (
          <Box
            component="ul"
            aria-label={t('coverage.routing.know')}
            sx={{ listStyle: 'none', m: 0, mt: 1, p: 0, display: 'flex', flexWrap: 'wrap', gap: 0.75 }}
          >
            {step.caveats.map((caveat) => (
              <li key={caveat}>
                <Chip
                  size="small"
                  icon={<InfoOutlined />}
                  color="secondary"
                  variant="outlined"
                  label={t(`coverage.routing.caveat.${caveat}`)}
                />
              </li>
            ))}
          </Box>
        )}
        <Typography variant="body2" color="text.secondary" sx={{ mt: 0.75 }}>
          {t('coverage.routing.because')}: {reasons.map((why) => t(`coverage.routing.why.${why}`)).join(' · ')}
        </Typography>
      </Box>
    </Box>
  );
}

function genericText({ id, country }: NamedStep, t: ReturnType<typeof useWords>['t'], locale: string): string {
  const what = id === 'generic:emergency' ? 'emergency' : 'police';
  return country !== undefined && isCountry(country)
    ? t(`coverage.routing.generic.${what}In`, { country: countryName(country, locale) })
    : t(`coverage.routing.generic.${what}`);
}

/** A number or address in full, to be tapped where that works from anywhere. */
function Address({ type, address }: NamedStep['channels'][number]) {
  const big = { fontWeight: 650, fontSize: '1.0625rem', overflowWrap: 'anywhere' } as const;
  if (/^https?:\/\//.test(address)) return <SafeLink href={address} full />;
  const scheme = type === 'sms' ? 'sms:' : type === 'email' ? 'mailto:' : /^\+\d+$/.test(address) ? 'tel:' : undefined;
  const isLink = scheme !== undefined && (type !== 'sms' || address.startsWith('+'));
  return isLink ? (
    <MuiLink href={scheme + address} dir="ltr" sx={big}>
      {address}
    </MuiLink>
  ) : (
    <Box component="bdi" dir="auto" sx={big}>
      {address}
    </Box>
  );
}
