import { Box, Paper, Table, TableBody, TableCell, TableContainer, TableHead, TableRow } from '@mui/material';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import ContrastOutlined from '@mui/icons-material/ContrastOutlined';
import HelpOutline from '@mui/icons-material/HelpOutline';
import HighlightOff from '@mui/icons-material/HighlightOff';
import { Need, type CountryProfile, type CoverageStatus } from '@waymark/domain';
import { When } from '../common/When.tsx';
import { needName, useWords } from '../records/words.ts';
import { ValueWithSource } from '../records/ValueWithSource.tsx';

const LOOKS = {
  covered: { Icon: CheckCircleOutline, color: 'success.main' },
  partial: { Icon: ContrastOutlined, color: 'warning.main' },
  'none-known': { Icon: HighlightOff, color: 'error.main' },
  'not-researched': { Icon: HelpOutline, color: 'text.secondary' },
} as const;

/** Every need and what is known of it. A need nobody entered was not researched, which is not the same as none. */
export function CoverageTable({ profile }: { profile: CountryProfile }) {
  const { t } = useWords();
  const byNeed = new Map(profile.coverage.map((coverage) => [coverage.need, coverage]));
  // What is known comes first; what nobody looked for is still said.
  const needs = [
    ...Need.options.filter((need) => byNeed.has(need)),
    ...Need.options.filter((need) => !byNeed.has(need)),
  ];
  const hasNotes = profile.coverage.some(({ note }) => note !== undefined);
  return (
    <TableContainer component={Paper} variant="outlined">
      <Table size="small" aria-label={t('countries.coverage')}>
        <TableHead>
          <TableRow>
            <TableCell scope="col">{t('fields.part.need')}</TableCell>
            <TableCell scope="col">{t('fields.part.status')}</TableCell>
            <TableCell scope="col">{t('fields.part.checkedAt')}</TableCell>
            {hasNotes && <TableCell scope="col">{t('fields.part.note')}</TableCell>}
          </TableRow>
        </TableHead>
        <TableBody>
          {needs.map((need) => {
            const coverage = byNeed.get(need);
            return (
              <TableRow key={need}>
                <TableCell component="th" scope="row" sx={{ color: coverage ? 'text.primary' : 'text.secondary' }}>
                  {needName(need, t)}
                </TableCell>
                <TableCell>
                  {coverage ? (
                    <ValueWithSource path={`/coverage/${need}`}>
                      <Status status={coverage.status} />
                    </ValueWithSource>
                  ) : (
                    <Status status="not-researched" />
                  )}
                </TableCell>
                <TableCell>{coverage ? <When at={coverage.checkedAt} /> : '–'}</TableCell>
                {hasNotes && <TableCell>{coverage?.note && <span dir="auto">{coverage.note}</span>}</TableCell>}
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function Status({ status }: { status: CoverageStatus }) {
  const { t } = useWords();
  const { Icon, color } = LOOKS[status];
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        gap: 0.75,
        alignItems: 'center',
        whiteSpace: 'nowrap',
        color: status === 'not-researched' ? 'text.secondary' : undefined,
        fontWeight: status === 'none-known' ? 700 : 400,
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 18, color }} />
      {t(`vocabulary.coverageStatus.${status}`)}
    </Box>
  );
}
