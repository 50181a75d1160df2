import { useState } from 'react';
import {
  Avatar,
  Box,
  Divider,
  IconButton,
  ListItemIcon,
  ListItemText,
  Menu,
  MenuItem,
  MenuList,
  Popover,
  Tooltip,
  Typography,
  useMediaQuery,
} from '@mui/material';
import Check from '@mui/icons-material/Check';
import DarkMode from '@mui/icons-material/DarkModeOutlined';
import Devices from '@mui/icons-material/DevicesOutlined';
import HelpOutline from '@mui/icons-material/KeyboardOutlined';
import LightMode from '@mui/icons-material/LightModeOutlined';
import Logout from '@mui/icons-material/Logout';
import MenuIcon from '@mui/icons-material/Menu';
import Password from '@mui/icons-material/PasswordOutlined';
import Search from '@mui/icons-material/Search';
import Translate from '@mui/icons-material/Translate';
import { useTheme } from 'react-admin';
import { useLocales, useLocaleState, useTranslate } from 'ra-core';
import { useNavigate } from 'react-router-dom';
import { modKey } from '../common/useShortcut.ts';
import { useMe } from '../session/current.ts';
import { useSignOut } from '../session/useSignOut.ts';

type TopBarProps = { onMenu?: (() => void) | undefined; onSearch: () => void; onHelp: () => void };

/** Search, language, light or dark, keys, and the signed-in person. */
export function TopBar({ onMenu, onSearch, onHelp }: TopBarProps) {
  const translate = useTranslate();
  return (
    <Box
      component="header"
      sx={{
        position: 'sticky',
        top: 0,
        zIndex: 'appBar',
        display: 'flex',
        alignItems: 'center',
        gap: { xs: 0.25, sm: 0.75 },
        minHeight: 60,
        px: { xs: 1, sm: 3, lg: 4 },
        bgcolor: 'background.default',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      {onMenu && (
        <IconButton aria-label={translate('ra.action.open_menu')} aria-haspopup="dialog" onClick={onMenu}>
          <MenuIcon />
        </IconButton>
      )}
      <Box
        component="button"
        type="button"
        onClick={onSearch}
        aria-keyshortcuts="Control+K Meta+K"
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1,
          flex: '1 1 auto',
          minWidth: 0,
          maxWidth: 460,
          height: 40,
          px: 1.25,
          border: 1,
          borderColor: (theme) => (theme.palette.mode === 'dark' ? '#75867f' : '#7b8279'),
          borderRadius: 1,
          bgcolor: 'background.paper',
          color: 'text.secondary',
          font: 'inherit',
          fontSize: '0.9375rem',
          textAlign: 'start',
          cursor: 'pointer',
          '&:hover': { borderColor: 'text.primary' },
        }}
      >
        <Search aria-hidden sx={{ fontSize: 20 }} />
        <Box
          component="span"
          sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
        >
          {translate('shell.search.open')}
        </Box>
        <Box component="kbd" aria-hidden sx={{ display: { xs: 'none', sm: 'inline-block' } }}>
          {modKey()} K
        </Box>
      </Box>
      <Box sx={{ flex: 1 }} />
      <Tooltip title={translate('shell.shortcut.sheet')}>
        <IconButton
          aria-label={translate('shell.shortcut.sheet')}
          onClick={onHelp}
          sx={{ display: { xs: 'none', md: 'inline-flex' } }}
        >
          <HelpOutline />
        </IconButton>
      </Tooltip>
      <LanguageMenu />
      <DarkToggle />
      <PersonMenu />
    </Box>
  );
}

export function LanguageMenu() {
  const translate = useTranslate();
  const locales = useLocales();
  const [locale, setLocale] = useLocaleState();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Tooltip title={translate('shell.language')}>
        <IconButton
          aria-label={translate('shell.language')}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <Translate />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {locales.map((item) => (
          <MenuItem
            key={item.locale}
            role="menuitemradio"
            aria-checked={item.locale === locale}
            lang={item.locale}
            onClick={() => {
              setAnchor(null);
              setLocale(item.locale);
            }}
          >
            <ListItemIcon>{item.locale === locale && <Check fontSize="small" />}</ListItemIcon>
            <ListItemText>{item.name}</ListItemText>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

/** The mode in use and the way to the other one. */
export function useDarkToggle(): { isDark: boolean; toggle: () => void } {
  const isPreferred = useMediaQuery('(prefers-color-scheme: dark)', { noSsr: true });
  const [mode, setMode] = useTheme(isPreferred ? 'dark' : 'light');
  return { isDark: mode === 'dark', toggle: () => setMode(mode === 'dark' ? 'light' : 'dark') };
}

export function DarkToggle() {
  const translate = useTranslate();
  const { isDark, toggle } = useDarkToggle();
  const label = translate(isDark ? 'shell.light' : 'shell.dark');
  return (
    <Tooltip title={label}>
      <IconButton aria-label={label} onClick={toggle}>
        {isDark ? <LightMode /> : <DarkMode />}
      </IconButton>
    </Tooltip>
  );
}

function PersonMenu() {
  const translate = useTranslate();
  const navigate = useNavigate();
  const { signOut, signOutEverywhere } = useSignOut();
  const me = useMe();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  const initials = (me?.name ?? '')
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('');
  return (
    <>
      <IconButton
        aria-label={me ? translate('shell.person.menuOf', { name: me.name }) : translate('shell.person.menu')}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ p: 0.5, marginInlineStart: 0.5 }}
      >
        <Avatar
          sx={{
            width: 32,
            height: 32,
            fontSize: '0.8125rem',
            fontWeight: 700,
            bgcolor: 'primary.main',
            color: 'primary.contrastText',
          }}
        >
          {initials}
        </Avatar>
      </IconButton>
      <Popover
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'region', 'aria-label': translate('shell.person.menu') } }}
      >
        {me && (
          <Box sx={{ px: 2, pt: 1, pb: 1.25, maxWidth: 280 }}>
            <Typography sx={{ fontWeight: 650 }}>
              <bdi>{me.name}</bdi>
            </Typography>
            <Typography variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
              {me.email}
            </Typography>
            <Typography variant="body2" color="text.secondary">
              {me.roles.map((role) => translate(`common.role.${role}`)).join(' · ')}
            </Typography>
          </Box>
        )}
        <Divider />
        <MenuList autoFocusItem aria-label={translate('shell.person.menu')}>
          <MenuItem
            onClick={() => {
              close();
              void navigate('/account');
            }}
          >
            <ListItemIcon>
              <Password fontSize="small" />
            </ListItemIcon>
            <ListItemText>{translate('session.account.title')}</ListItemText>
          </MenuItem>
          <MenuItem
            onClick={() => {
              close();
              void signOutEverywhere();
            }}
          >
            <ListItemIcon>
              <Devices fontSize="small" />
            </ListItemIcon>
            <ListItemText>{translate('session.signOutEverywhere')}</ListItemText>
          </MenuItem>
          <MenuItem
            onClick={() => {
              close();
              void signOut();
            }}
          >
            <ListItemIcon>
              <Logout fontSize="small" sx={{ '[dir=rtl] &': { transform: 'scaleX(-1)' } }} />
            </ListItemIcon>
            <ListItemText>{translate('session.signOut')}</ListItemText>
          </MenuItem>
        </MenuList>
      </Popover>
    </>
  );
}
