import { type ReactNode } from 'react';
import { Box, Typography } from '@mui/material';
import { useLocaleState, useTranslate } from 'ra-core';
import { Link, useLocation } from 'react-router-dom';
import { useDueSummary } from '../due/useDue.ts';
import { useQueue } from '../queue/useQueue.ts';
import { useMe } from '../session/current.ts';
import { DESTINATIONS } from './navigation.ts';

/** The places one may go to, with the number of things waiting. `top` stands above them. */
export function Menu({ onGo, top }: { onGo?: () => void; top?: ReactNode }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { pathname } = useLocation();
  const permissions = useMe()?.permissions ?? [];
  const queue = useQueue().data?.total ?? 0;
  const due = useDueSummary().data;
  const waitingAt: Partial<Record<string, number>> = {
    '/': queue,
    ...(due && { '/due': due.due + due.overdue + due.expired, '/alarms': due.alarms }),
  };
  const groups = DESTINATIONS.map((group) => ({
    ...group,
    items: group.items.filter((item) => permissions.includes(item.needs)),
  }));
  // Of two places that both lie on the way to this page, the nearer one.
  const here = groups
    .flatMap(({ items }) => items.map(({ to }) => to))
    .filter((to) => pathname === to || (to !== '/' && pathname.startsWith(`${to}/`)))
    .sort((a, b) => b.length - a.length)[0];
  return (
    <Box component="nav" aria-label={translate('shell.menu.label')} sx={{ px: 1.5, pb: 2 }}>
      {top}
      {groups
        .filter((group) => group.items.length > 0)
        .map((group) => (
          <Box key={group.label} sx={{ mt: 2 }}>
            <Typography component="h2" variant="overline" sx={{ px: 1.25, color: 'var(--wm-rail-soft)' }}>
              {translate(group.label)}
            </Typography>
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
              {group.items.map(({ to, label, icon: Icon }) => {
                const waiting = waitingAt[to] ?? 0;
                const isHere = to === here;
                return (
                  <Box component="li" key={to}>
                    <Box
                      component={Link}
                      to={to}
                      {...(onGo && { onClick: onGo })}
                      aria-current={isHere ? 'page' : undefined}
                      sx={{
                        position: 'relative',
                        display: 'flex',
                        alignItems: 'center',
                        gap: 1.25,
                        minHeight: 40,
                        my: 0.25,
                        px: 1.25,
                        borderRadius: 1,
                        color: 'var(--wm-rail-text)',
                        fontWeight: isHere ? 650 : 500,
                        fontSize: '0.9375rem',
                        textDecoration: 'none',
                        bgcolor: isHere ? 'var(--wm-rail-active)' : 'transparent',
                        '&:hover': { bgcolor: 'var(--wm-rail-active)' },
                        '&:focus-visible': { outlineColor: 'var(--wm-blaze)', outlineOffset: -3 },
                        // The blaze: the painted stripe that says "you are on the path".
                        ...(isHere && {
                          '&::before': {
                            content: '""',
                            position: 'absolute',
                            insetInlineStart: -12,
                            insetBlock: 7,
                            width: 4,
                            borderStartEndRadius: 4,
                            borderEndEndRadius: 4,
                            bgcolor: 'var(--wm-blaze)',
                          },
                        }),
                      }}
                    >
                      <Icon
                        aria-hidden
                        sx={{ fontSize: 20, color: isHere ? 'var(--wm-blaze)' : 'var(--wm-rail-soft)' }}
                      />
                      <Box component="span" sx={{ flex: 1 }}>
                        {translate(label)}
                      </Box>
                      {waiting > 0 && (
                        <Box
                          component="span"
                          sx={{
                            px: 0.875,
                            borderRadius: 5,
                            // The whole round of checks is long and no alarm: it is counted, not shouted.
                            ...(to === '/due'
                              ? { color: 'var(--wm-rail-soft)' }
                              : { bgcolor: 'var(--wm-blaze)', color: '#241700' }),
                            fontSize: '0.8125rem',
                            fontWeight: 700,
                            lineHeight: '20px',
                          }}
                        >
                          {new Intl.NumberFormat(locale).format(waiting)}
                          <span className="visually-hidden">{` ${translate('shell.menu.waiting')}`}</span>
                        </Box>
                      )}
                    </Box>
                  </Box>
                );
              })}
            </Box>
          </Box>
        ))}
    </Box>
  );
}
