import { useState } from 'react';
import {
  Box,
  Button,
  Link as MuiLink,
  Paper,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import PersonSearch from '@mui/icons-material/PersonSearchOutlined';
import type { RouteNeed } from '@waymark/domain';
import { Link } from 'react-router-dom';
import type { FirstStep, Impact } from '../contract.ts';
import { areaText } from '../records/areaText.ts';
import { useWords, type Words } from '../records/words.ts';
import { routeNeedName } from './askable.ts';
import { routingHref } from './routingAddress.ts';

const IN_SIGHT = 6;

/** Whose first step a proposal changes; each row leads to the whole answer before and after. */
export function FirstSteps({ firstSteps, proposalId }: { firstSteps: Impact['firstSteps']; proposalId: string }) {
  const words = useWords();
  const { t } = words;
  const [isAll, setAll] = useState(false);
  const { changes, total, assumedVerified } = firstSteps;
  const shown = isAll ? changes : changes.slice(0, IN_SIGHT);
  const seen = (country: string, need: RouteNeed) =>
    routingHref(
      { country, need, reporter: reporterOf(need) },
      { on: { kind: 'proposal', id: proposalId }, isVerified: assumedVerified },
    );
  return (
    <Box component="section" aria-labelledby="first-steps">
      <Typography id="first-steps" variant="h2" sx={{ mb: 1 }}>
        {t('coverage.first.title')}
      </Typography>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {total === 0 ? t('coverage.first.none') : t('coverage.first.count', { smart_count: total })}
        {assumedVerified && total > 0 && ` ${t('coverage.first.assumed')}`}
      </Typography>
      {shown.length > 0 && (
        <TableContainer component={Paper} variant="outlined">
          <Table size="small" aria-labelledby="first-steps">
            <TableHead>
              <TableRow>
                <TableCell scope="col">{t('proposals.effects.where')}</TableCell>
                <TableCell scope="col">{t('coverage.routing.before')}</TableCell>
                <TableCell scope="col">{t('coverage.routing.after')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {shown.map(({ country, need, before, after }) => (
                <TableRow key={country + need}>
                  <TableCell component="th" scope="row">
                    <MuiLink component={Link} to={seen(country, need)}>
                      {areaText(country, words)}
                    </MuiLink>
                    <Typography component="span" variant="body2" color="text.secondary" sx={{ display: 'block' }}>
                      {routeNeedName(need, t)}
                    </Typography>
                  </TableCell>
                  <TableCell>
                    <bdi>{stepText(before, country, words)}</bdi>
                  </TableCell>
                  <TableCell>
                    <strong>
                      <bdi>{stepText(after, country, words)}</bdi>
                    </strong>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 0.5 }}>
        {changes.length > IN_SIGHT && (
          <Button size="small" onClick={() => setAll(!isAll)}>
            {isAll
              ? t('common.action.showLess')
              : t('common.action.showMore', { smart_count: changes.length - IN_SIGHT })}
          </Button>
        )}
        <Button
          size="small"
          component={Link}
          to={
            changes[0]
              ? seen(changes[0].country, changes[0].need)
              : routingHref({}, { on: { kind: 'proposal', id: proposalId }, isVerified: assumedVerified })
          }
          startIcon={<PersonSearch />}
        >
          {t(changes[0] ? 'coverage.first.compare' : 'coverage.first.try')}
        </Button>
      </Box>
    </Box>
  );
}

/** Who would ask it: the same as the server compares for. */
function reporterOf(need: RouteNeed) {
  return need === 'child-help' ? 'child' : need === 'provider-report' ? 'provider' : 'public';
}

/** An entry by its name, or the general words there are in its place. */
function stepText({ id, name }: FirstStep, country: string, words: Words): string {
  const key = id === 'generic:emergency' ? 'emergencyIn' : 'policeIn';
  return name ?? words.t(`coverage.routing.generic.${key}`, { country: areaText(country, words) });
}
