import { useState, type ReactNode } from 'react';
import { Alert, Box, Button, Typography } from '@mui/material';
import ArrowForward from '@mui/icons-material/ArrowForward';
import { areaName, type Change, type ChangeClass, type Effect } from '@waymark/domain';
import { useLocaleState, useTranslate } from 'ra-core';
import { Link } from 'react-router-dom';
import { CountryName } from '../common/CountryName.tsx';
import { Panel } from '../common/Panel.tsx';
import type { Difference, DifferenceRow } from '../contract.ts';
import { fieldLabel } from '../records/fieldLabel.ts';
import { needName, useWords } from '../records/words.ts';
import { valueLines } from '../records/valueLines.ts';
import { effectsByArea } from './effectsByArea.ts';

/** What people dial, open or write to: shown first and in full. */
const NUMBERS: readonly ChangeClass[] = ['contact-value', 'reach'];
const HREF = { entry: '/entries', organisation: '/organisations', country: '/countries' } as const;

/** Two snapshots side by side, in the order that matters: who loses, who gains, which numbers change, the rest. */
export function DifferenceView({ difference }: { difference: Difference }) {
  const translate = useTranslate();
  const { added, removed, changed, suspended, effects, totals } = difference;
  const isNumber = (change: Change) => NUMBERS.includes(change.class);
  const numbers = changed.flatMap((row) => {
    const changes = row.changes.filter(isNumber);
    return changes.length > 0 ? [{ ...row, changes }] : [];
  });
  const others = changed.flatMap((row) => {
    const changes = row.changes.filter((change) => !isNumber(change));
    return changes.length > 0 ? [{ ...row, changes }] : [];
  });
  const lost = effects.filter((effect) => effect.lost);
  if (totals.added + totals.removed + totals.changed + totals.suspended + totals.reverified === 0) {
    return <Alert severity="info">{translate('snapshots.difference.none')}</Alert>;
  }
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Figures
        figures={[
          ['added', totals.added],
          ['removed', totals.removed],
          ['suspended', totals.suspended],
          ['numbers', numbers.length],
          ['changed', totals.changed],
          ['reverified', totals.reverified],
          ['lost', totals.lost],
        ]}
      />
      {lost.length > 0 && (
        <Panel title={translate('snapshots.difference.lost')} sx={{ borderColor: 'error.main' }}>
          <Effects effects={lost} />
        </Panel>
      )}
      {effects.length > lost.length && (
        <Panel title={translate('snapshots.difference.effects')}>
          <Effects effects={effects.filter((effect) => !effect.lost)} />
        </Panel>
      )}
      {numbers.length > 0 && (
        <Panel title={translate('snapshots.difference.numbers')}>
          <ChangedRecords rows={numbers} />
        </Panel>
      )}
      {removed.length > 0 && (
        <Panel title={translate('snapshots.difference.removed')}>
          <Names rows={removed} />
        </Panel>
      )}
      {suspended.length > 0 && (
        <Panel title={translate('snapshots.difference.suspended')}>
          <Names rows={suspended} />
        </Panel>
      )}
      {added.length > 0 && (
        <Panel title={translate('snapshots.difference.added')}>
          <Names rows={added} />
        </Panel>
      )}
      {others.length > 0 && (
        <Panel title={translate('snapshots.difference.changed')}>
          <ChangedRecords rows={others} folded />
        </Panel>
      )}
      {isShortened(difference) && <Alert severity="info">{translate('snapshots.difference.shortened')}</Alert>}
    </Box>
  );
}

/** Very long lists are only counted; the published files hold them whole. */
function isShortened({ added, removed, changed, suspended, effects, totals }: Difference): boolean {
  return (
    added.length < totals.added ||
    removed.length < totals.removed ||
    changed.length < totals.changed ||
    suspended.length < totals.suspended ||
    effects.length < totals.effects
  );
}

function Figures({ figures }: { figures: readonly (readonly [string, number])[] }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const number = new Intl.NumberFormat(locale);
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gap: 1,
        gridTemplateColumns: {
          xs: 'repeat(2, minmax(0, 1fr))',
          sm: 'repeat(3, minmax(0, 1fr))',
          lg: 'repeat(7, minmax(0, 1fr))',
        },
      }}
    >
      {figures.map(([key, count]) => {
        const isAlarm = key === 'lost' && count > 0;
        return (
          <Box
            key={key}
            sx={{
              display: 'flex',
              flexDirection: 'column-reverse',
              justifyContent: 'flex-end',
              border: 1,
              borderColor: isAlarm ? 'error.main' : 'divider',
              borderRadius: 1,
              bgcolor: 'background.paper',
              px: 1.5,
              py: 1,
            }}
          >
            <Typography component="dt" variant="body2" color="text.secondary">
              {translate(`snapshots.figure.${key}`)}
            </Typography>
            <Typography
              component="dd"
              sx={{
                m: 0,
                fontSize: '1.5rem',
                fontWeight: 680,
                lineHeight: 1.3,
                fontVariantNumeric: 'tabular-nums',
                color: isAlarm ? 'error.main' : count === 0 ? 'text.secondary' : 'text.primary',
              }}
            >
              {number.format(count)}
            </Typography>
          </Box>
        );
      })}
    </Box>
  );
}

/** The first of many, and a button for the rest: a first snapshot adds hundreds. */
function Some<Item>({
  items,
  limit,
  children,
}: {
  items: readonly Item[];
  limit: number;
  children: (items: readonly Item[]) => ReactNode;
}) {
  const translate = useTranslate();
  const [isWhole, setWhole] = useState(false);
  const hidden = items.length - limit;
  return (
    <>
      {children(isWhole ? items : items.slice(0, limit))}
      {hidden > 0 && (
        <Button size="small" sx={{ mt: 1 }} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? translate('common.action.showLess') : translate('common.action.showMore', { smart_count: hidden })}
        </Button>
      )}
    </>
  );
}

function Effects({ effects }: { effects: readonly Effect[] }) {
  const words = useWords();
  const translate = useTranslate();
  const areas = effectsByArea(effects).sort((a, b) =>
    areaName(a.area, words.locale).localeCompare(areaName(b.area, words.locale), words.locale),
  );
  return (
    <Some items={areas} limit={12}>
      {(shown) => (
        <Box component="dl" sx={{ m: 0, display: 'grid', gap: 1 }}>
          {shown.map(({ area, changes }) => (
            <Box
              key={area}
              sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '200px minmax(0, 1fr)' }, columnGap: 2 }}
            >
              <Typography component="dt" sx={{ fontWeight: 650 }}>
                {area === '001' ? translate('snapshots.difference.world') : areaName(area, words.locale)}
              </Typography>
              <Box component="dd" sx={{ m: 0, display: 'flex', flexWrap: 'wrap', columnGap: 2, rowGap: 0.25 }}>
                {changes.map(({ need, before, after, lost }) => (
                  <Typography key={need} component="span" variant="body2" color={lost ? 'error' : 'text.primary'}>
                    {needName(need, words.t)}{' '}
                    <Box
                      component="span"
                      dir="ltr"
                      sx={{ fontVariantNumeric: 'tabular-nums', fontWeight: 650, unicodeBidi: 'isolate' }}
                    >
                      {before} → {after}
                    </Box>
                  </Typography>
                ))}
              </Box>
            </Box>
          ))}
        </Box>
      )}
    </Some>
  );
}

function Names({ rows }: { rows: readonly DifferenceRow[] }) {
  const translate = useTranslate();
  return (
    <Some items={rows} limit={18}>
      {(shown) => (
        <Box
          component="ul"
          sx={{
            m: 0,
            p: 0,
            listStyle: 'none',
            display: 'grid',
            columnGap: 3,
            rowGap: 0.5,
            gridTemplateColumns: 'repeat(auto-fill, minmax(min(300px, 100%), 1fr))',
          }}
        >
          {shown.map((row) => (
            <Box key={row.id} component="li" sx={{ minWidth: 0 }}>
              <Box
                component={Link}
                to={`${HREF[row.type]}/${row.id}/show`}
                sx={{ color: 'primary.main', overflowWrap: 'anywhere' }}
              >
                <NameOf record={row} />
              </Box>{' '}
              {row.type !== 'entry' && (
                <Typography component="span" variant="body2" color="text.secondary">
                  {translate(`snapshots.type.${row.type}`)}
                </Typography>
              )}
            </Box>
          ))}
        </Box>
      )}
    </Some>
  );
}

function NameOf({ record: { type, name } }: { record: Pick<DifferenceRow, 'type' | 'name'> }) {
  return <bdi>{type === 'country' ? <CountryName code={name} /> : name}</bdi>;
}

/** Records with their changes; `folded` shows which fields, and the values on demand. */
function ChangedRecords({ rows, folded = false }: { rows: Difference['changed']; folded?: boolean }) {
  const words = useWords();
  return (
    <Some items={rows} limit={20}>
      {(shown) => (
        <Box sx={{ display: 'grid', gap: folded ? 0.5 : 2 }}>
          {shown.map((row) =>
            folded ? (
              <Box key={row.id} component="details">
                <Box component="summary" sx={{ cursor: 'pointer', py: 0.5, overflowWrap: 'anywhere' }}>
                  <Box component="span" sx={{ fontWeight: 650 }}>
                    <NameOf record={row} />
                  </Box>{' '}
                  <Typography component="span" variant="body2" color="text.secondary">
                    {[...new Set(row.changes.map((change) => fieldLabel(change.path, words)))].join(', ')}
                  </Typography>
                </Box>
                <Box sx={{ paddingInlineStart: 2, pb: 1.5 }}>
                  <Link to={`${HREF[row.type]}/${row.id}/show`}>
                    <NameOf record={row} />
                  </Link>
                  <ChangesOf row={row} />
                </Box>
              </Box>
            ) : (
              <Box key={row.id}>
                <Typography component="h3" variant="h3">
                  <Box component={Link} to={`${HREF[row.type]}/${row.id}/show`} sx={{ color: 'text.primary' }}>
                    <NameOf record={row} />
                  </Box>
                </Typography>
                <ChangesOf row={row} />
              </Box>
            ),
          )}
        </Box>
      )}
    </Some>
  );
}

function ChangesOf({ row }: { row: Difference['changed'][number] }) {
  const words = useWords();
  return (
    <>
      {row.changes.map((change) => (
        <Box
          key={change.path}
          sx={{
            mt: 0.75,
            display: 'grid',
            alignItems: 'stretch',
            gap: 1,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '200px minmax(0, 1fr) 20px minmax(0, 1fr)' },
          }}
        >
          <Typography variant="body2" color="text.secondary" sx={{ pt: 0.5 }}>
            {fieldLabel(change.path, words)}
          </Typography>
          <Side kind="old" path={change.path} value={change.before} />
          <ArrowForward
            aria-hidden
            fontSize="small"
            sx={{
              alignSelf: 'center',
              color: 'text.secondary',
              display: { xs: 'none', md: 'block' },
              '[dir=rtl] &': { transform: 'scaleX(-1)' },
            }}
          />
          <Side kind="new" path={change.path} value={change.after} />
        </Box>
      ))}
    </>
  );
}

function Side({ kind, path, value }: { kind: 'old' | 'new'; path: string; value: unknown }) {
  const translate = useTranslate();
  const words = useWords();
  const lines = valueLines(path, value, { ...words, references: {} });
  return (
    <Box
      sx={{
        minWidth: 0,
        px: 1.25,
        py: 0.5,
        borderRadius: 0.75,
        bgcolor: `var(--wm-${kind})`,
        color: `var(--wm-${kind}-text)`,
        overflowWrap: 'anywhere',
        typography: 'body2',
      }}
    >
      <span className="visually-hidden">{translate(`snapshots.difference.${kind}`)} </span>
      {lines.length === 0
        ? translate('snapshots.difference.nothing')
        : lines.map((line, i) => (
            // Lines have no id of their own; they never change place on this page.
            <div key={`${i}-${line.text}`}>
              {line.label !== undefined && <span>{line.label}: </span>}
              <Box
                component="bdi"
                {...(line.lang && { lang: line.lang })}
                sx={{ fontWeight: line.code ? 650 : 400 }}
                dir={line.code ? 'ltr' : 'auto'}
              >
                {line.text}
              </Box>
            </div>
          ))}
    </Box>
  );
}
