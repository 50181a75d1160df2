import { Alert, Box } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { FirstStep, Impact } from '../contract.ts';
import { routeNeedName } from '../coverage/askable.ts';
import { listText } from '../records/valueLines.ts';
import { areaText } from '../records/areaText.ts';
import { needName, useWords, type Words } from '../records/words.ts';

const IN_SIGHT = 4;

/**
 * Where people lose their last option if this entry goes out of sight, and what those who were sent to it first will see instead. It
 * informs; it holds nobody up.
 */
export function Instead({ id }: { id: string }) {
  const words = useWords();
  const { t } = words;
  const { data } = useQuery({
    queryKey: ['entries', 'impact', id, 'retire'],
    queryFn: () => api.post<Impact>(`/entries/${id}/impact`, { retire: true }),
  });
  if (!data) return null;
  const lost = data.effects.filter((effect) => effect.lost);
  const first = data.firstSteps.changes.filter(({ before }) => before.id === id);
  if (lost.length === 0 && first.length === 0) return null;
  return (
    <Alert severity={lost.length > 0 ? 'warning' : 'info'} sx={{ mt: 1.5 }}>
      {lost.length > 0 && (
        <>
          <strong>{t('entries.suspend.lastOption')}</strong>
          <Grouped
            rows={lost.map(({ area, need }) => ({ under: areaText(area, words), what: needName(need, t) }))}
            locale={words.locale}
          />
        </>
      )}
      {first.length > 0 && (
        <>
          <strong>{t('entries.suspend.instead')}</strong>
          <Grouped
            rows={first.map(({ country, need, after }) => ({
              under: insteadText(after, country, words),
              what: `${areaText(country, words)} (${routeNeedName(need, t)})`,
            }))}
            locale={words.locale}
          />
        </>
      )}
    </Alert>
  );
}

/** Rows under the word they share; the first few groups, and how many more there are. */
function Grouped({ rows, locale }: { rows: readonly { under: string; what: string }[]; locale: string }) {
  const groups = [...new Set(rows.map(({ under }) => under))];
  return (
    <Box component="ul" sx={{ m: 0, mb: 0.5, paddingInlineStart: 2.5 }}>
      {groups.slice(0, IN_SIGHT).map((group) => {
        const all = rows.filter(({ under }) => under === group).map(({ what }) => what);
        const shown = all.slice(0, IN_SIGHT);
        return (
          <li key={group}>
            <bdi>{group}</bdi>: {listText(shown, locale)}
            {all.length > shown.length && ` +${all.length - shown.length}`}
          </li>
        );
      })}
      {groups.length > IN_SIGHT && <li>+{groups.length - IN_SIGHT}</li>}
    </Box>
  );
}

/** An entry by its name, or the general words a country is left with. */
function insteadText({ name, tier }: FirstStep, country: string, words: Words): string {
  const key = tier === 'E' ? 'emergencyIn' : 'policeIn';
  return name ?? words.t(`coverage.routing.generic.${key}`, { country: areaText(country, words) });
}
