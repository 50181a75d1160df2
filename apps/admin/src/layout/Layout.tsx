import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { Box, Drawer, IconButton, Typography, useMediaQuery, type Theme } from '@mui/material';
import Close from '@mui/icons-material/Close';
import { TitlePortal } from 'react-admin';
import { useLogout, useTranslate } from 'ra-core';
import { useLocation, useNavigate } from 'react-router-dom';
import { sessionEnd } from '../api.ts';
import { handleKey, useShortcut } from '../common/useShortcut.ts';
import { CommandPalette } from './CommandPalette.tsx';
import { CrashBoundary } from './CrashBoundary.tsx';
import { DemoBanner } from './DemoBanner.tsx';
import { Loading } from './Loading.tsx';
import { Brand } from './Mark.tsx';
import { Menu } from './Menu.tsx';
import { DESTINATIONS } from './navigation.ts';
import { TopBar } from './TopBar.tsx';

const ShortcutSheet = lazy(() => import('./ShortcutSheet.tsx'));

/** Frame of every screen behind the sign-in: menu, top bar, title, content. */
export function Layout({ children }: { children: ReactNode }) {
  const translate = useTranslate();
  const { pathname } = useLocation();
  const isNarrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('md'));
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [dialog, setDialog] = useState<'none' | 'palette' | 'shortcuts'>('none');
  const close = () => setDialog('none');
  useSessionEnd();
  usePageFocus(pathname);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => void handleKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  useShortcut('mod+k', 'shell.shortcut.palette', () => setDialog('palette'));
  useShortcut('/', 'shell.shortcut.palette', () => setDialog('palette'));
  useShortcut('?', 'shell.shortcut.sheet', () => setDialog('shortcuts'));

  return (
    <Box sx={{ minHeight: '100vh', display: 'flex', flexDirection: 'column' }}>
      <SkipLink />
      {DESTINATIONS.flatMap((group) => group.items).map((item) => (
        <GoTo key={item.to} to={item.to} keys={`g ${item.key}`} label={item.label} />
      ))}
      <DemoBanner />
      <Box sx={{ display: 'flex', flex: 1, minWidth: 0 }}>
        {isNarrow ? (
          <Drawer
            open={isMenuOpen}
            onClose={() => setMenuOpen(false)}
            slotProps={{
              paper: {
                sx: { width: 280, maxWidth: '86vw', bgcolor: 'var(--wm-rail)', border: 0 },
                'aria-label': translate('shell.menu.label'),
              },
            }}
          >
            <Box
              sx={{
                display: 'flex',
                alignItems: 'center',
                justifyContent: 'space-between',
                p: 1.5,
                paddingInlineStart: 2.5,
              }}
            >
              <Brand tone="var(--wm-rail-text)" />
              <IconButton
                aria-label={translate('ra.action.close_menu')}
                onClick={() => setMenuOpen(false)}
                sx={{ color: 'var(--wm-rail-text)' }}
              >
                <Close />
              </IconButton>
            </Box>
            <Menu onGo={() => setMenuOpen(false)} />
          </Drawer>
        ) : (
          <Box
            sx={{
              width: 248,
              flex: 'none',
              bgcolor: 'var(--wm-rail)',
              borderInlineEnd: '1px solid var(--wm-rail-line)',
            }}
          >
            <Box sx={{ position: 'sticky', top: 0, maxHeight: '100vh', overflowY: 'auto' }}>
              <Menu
                top={
                  <Box sx={{ px: 1.25, pt: 2.25 }}>
                    <Brand tone="var(--wm-rail-text)" />
                  </Box>
                }
              />
            </Box>
          </Box>
        )}
        <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
          <TopBar
            onMenu={isNarrow ? () => setMenuOpen(true) : undefined}
            onSearch={() => setDialog('palette')}
            onHelp={() => setDialog('shortcuts')}
          />
          <Box
            component="main"
            id="main-content"
            tabIndex={-1}
            sx={{
              flex: 1,
              minWidth: 0,
              px: { xs: 2, sm: 3, lg: 4 },
              pt: { xs: 2, sm: 3 },
              pb: 8,
              '&:focus': { outline: 'none' },
            }}
          >
            <Box id="page-back" sx={{ '&:not(:empty)': { mb: 0.75 } }} />
            <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 2, rowGap: 1, mb: 2.25 }}>
              <TitlePortal
                component="h1"
                variant="h1"
                sx={{
                  flex: '1 1 240px',
                  minWidth: 0,
                  whiteSpace: 'normal',
                  overflow: 'visible',
                  overflowWrap: 'anywhere',
                  '&:empty': { display: 'none' },
                }}
              />
              <Box
                id="page-actions"
                sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, '&:empty': { display: 'none' } }}
              />
            </Box>
            <PageAnnouncer />
            <CrashBoundary place={pathname}>
              <Suspense fallback={<Loading />}>{children}</Suspense>
            </CrashBoundary>
          </Box>
        </Box>
      </Box>
      {/* Part of the first load: what is typed right after Ctrl K must not be lost. */}
      {dialog === 'palette' && <CommandPalette onClose={close} />}
      <Suspense fallback={null}>{dialog === 'shortcuts' && <ShortcutSheet onClose={close} />}</Suspense>
    </Box>
  );
}

/** First stop of the Tab key: over the menu into the content. */
function SkipLink() {
  const translate = useTranslate();
  return (
    <Box
      component="button"
      type="button"
      onClick={() => document.getElementById('main-content')?.focus()}
      sx={{
        position: 'fixed',
        insetInlineStart: 12,
        top: 12,
        zIndex: 'tooltip',
        p: 1.5,
        border: 0,
        borderRadius: 1,
        typography: 'button',
        bgcolor: 'primary.main',
        color: 'primary.contrastText',
        '&:not(:focus)': {
          clipPath: 'inset(50%)',
          width: 1,
          height: 1,
          overflow: 'hidden',
          p: 0,
          whiteSpace: 'nowrap',
        },
      }}
    >
      {translate('ra.navigation.skip_nav')}
    </Box>
  );
}

function GoTo({ to, keys, label }: { to: string; keys: string; label: string }) {
  const navigate = useNavigate();
  useShortcut(keys, label, () => void navigate(to), { group: 'shell.shortcut.go' });
  return null;
}

/** When the session is over, sign in again and come back to the same place. */
function useSessionEnd() {
  const logout = useLogout();
  useEffect(() => {
    const leave = () => void logout();
    // Once: ten requests under way may all hear of it, and the place to come back to is the first one's.
    sessionEnd.addEventListener('end', leave, { once: true });
    return () => sessionEnd.removeEventListener('end', leave);
  }, [logout]);
}

/** A new page starts at its content for keyboards and screen readers, unless the page put the focus somewhere itself. */
function usePageFocus(pathname: string) {
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    const main = document.getElementById('main-content');
    const here = document.activeElement;
    // The page may come late: whoever opened the palette meanwhile goes on typing there.
    const isTaken = main?.contains(here) || here?.closest('[role=dialog], [role=menu]');
    if (!isTaken) main?.focus({ preventScroll: true });
  }, [pathname]);
}

/** Tells screen readers and the browser tab the title of the page, whoever set it. */
function PageAnnouncer() {
  const [title, setTitle] = useState('');
  useEffect(() => {
    const heading = document.getElementById('react-admin-title');
    if (!heading) return undefined;
    const read = () => {
      const text = heading.textContent?.trim() ?? '';
      document.title = text ? `${text} · Waymark` : 'Waymark';
      setTitle(text);
    };
    read();
    const observer = new MutationObserver(read);
    observer.observe(heading, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return (
    <Typography role="status" className="visually-hidden">
      {title}
    </Typography>
  );
}
