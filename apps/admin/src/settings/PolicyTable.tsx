import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { Risk, type Policy } from '@waymark/domain';
import { useLocaleState, useTranslate } from 'ra-core';
import { RiskChip } from '../common/RiskChip.tsx';

/** A policy in words; with `before`, what would change stands beside it. */
export function PolicyTable({ policy, before }: { policy: Policy; before?: Policy | undefined }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const yesNo = (value: boolean) => translate(value ? 'ra.boolean.true' : 'ra.boolean.false');
  const approvals = (count: number) => translate('settings.approvals', { smart_count: count });
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
        <TableRow>
          <TableCell component="th" scope="row">
            {translate('settings.maxLoss')}
          </TableCell>
          <TableCell>
            <Value
              now={percent.format(policy.gate.maxLossPercent / 100)}
              before={before && percent.format(before.gate.maxLossPercent / 100)}
            />
          </TableCell>
        </TableRow>
        <TableRow>
          <TableCell component="th" scope="row">
            {translate('settings.lastOfCountry')}
          </TableCell>
          <TableCell>
            <Value now={yesNo(policy.gate.lastOfCountry)} before={before && yesNo(before.gate.lastOfCountry)} />
          </TableCell>
        </TableRow>
      </TableBody>
    </Table>
  );
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
