import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { DEFAULT_WINDOW, Risk, type Policy, type PublicationWindow } from '@waymark/domain';
import { useLocaleState, useTranslate } from 'ra-core';
import { RiskChip } from '../common/RiskChip.tsx';
import { weekdayName } from '../records/hoursText.ts';

/** What of the policy on withholding is either so or not. */
export const WITHHOLD_SWITCHES = ['expired', 'contradicted', 'unsafeAlarm'] as const;

/** A policy in words; with `before`, what would change stands beside it. */
export function PolicyTable({ policy, before }: { policy: Policy; before?: Policy | undefined }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const yesNo = (value: boolean) => translate(value ? 'ra.boolean.true' : 'ra.boolean.false');
  const approvals = (count: number) => translate('settings.approvals', { smart_count: count });
  const facts: [label: string, valueOf: (policy: Policy) => string][] = [
    ['window.title', ({ window }) => windowText(window ?? DEFAULT_WINDOW, locale)],
    ['maxLoss', ({ gate }) => percent.format(gate.maxLossPercent / 100)],
    ['lastOfCountry', ({ gate }) => yesNo(gate.lastOfCountry)],
    ['withholdBelow', ({ withhold }) => translate(`settings.below.${withhold.below}`)],
    ...WITHHOLD_SWITCHES.map((name): [string, (policy: Policy) => string] => [
      `withhold.${name}`,
      ({ withhold }) => yesNo(withhold[name]),
    ]),
  ];
  return (
    <Table size="small" aria-label={translate('settings.title')}>
      <TableHead>
        <TableRow>
          <TableCell>{translate('settings.rule')}</TableCell>
          <TableCell>{translate('settings.value')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {Risk.options.map((risk) => (
          <TableRow key={risk}>
            <TableCell component="th" scope="row">
              <RiskChip risk={risk} />
              <Box component="span" sx={{ display: 'block', color: 'text.secondary', mt: 0.25 }}>
                {translate(`common.risk.${risk}long`)}
              </Box>
            </TableCell>
            <TableCell>
              <Value now={approvals(policy.approvals[risk])} before={before && approvals(before.approvals[risk])} />
            </TableCell>
          </TableRow>
        ))}
        {facts.map(([label, valueOf]) => (
          <TableRow key={label}>
            <TableCell component="th" scope="row">
              {translate(`settings.${label}`)}
            </TableCell>
            <TableCell>
              <Value now={valueOf(policy)} before={before && valueOf(before)} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function windowText({ day, from, to, tz }: PublicationWindow, locale: string): string {
  return `${weekdayName(day, locale, 'long')}, \u2066${from}–${to}\u2069, \u2066${tz}\u2069`;
}

function Value({ now, before }: { now: string; before: string | undefined }) {
  if (before === undefined || before === now) return <>{now}</>;
  return (
    <>
      <Box component="del" sx={{ px: 0.75, borderRadius: 0.5, bgcolor: 'var(--wm-old)', color: 'var(--wm-old-text)' }}>
        {before}
      </Box>{' '}
      <Box
        component="ins"
        sx={{
          px: 0.75,
          borderRadius: 0.5,
          bgcolor: 'var(--wm-new)',
          color: 'var(--wm-new-text)',
          textDecoration: 'none',
          fontWeight: 650,
        }}
      >
        {now}
      </Box>
    </>
  );
}
