import { useEffect, useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Box, Dialog, DialogTitle, InputBase, Typography, type SvgIconProps } from '@mui/material';
import AddCircle from '@mui/icons-material/AddCircleOutlined';
import ContactPhone from '@mui/icons-material/ContactPhoneOutlined';
import DarkMode from '@mui/icons-material/DarkModeOutlined';
import Logout from '@mui/icons-material/Logout';
import PersonSearch from '@mui/icons-material/PersonSearchOutlined';
import Search from '@mui/icons-material/Search';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslate } from 'ra-core';
import { useNavigate } from 'react-router-dom';
import { api } from '../api.ts';
import type { Page, RecordRow } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { useMay, useMe } from '../session/current.ts';
import { useSignOut } from '../session/useSignOut.ts';
import { DESTINATIONS } from './navigation.ts';
import { useDarkToggle } from './TopBar.tsx';

type Choice = {
  id: string;
  group: string;
  name: string;
  detail?: ReactNode;
  icon: React.ComponentType<SvgIconProps>;
  run: () => void;
  /** Takes an entry out of sight at once: what cannot wait is one key away (Shift Enter). */
  suspend?: () => void;
};

const SHOWN = 8;

/** One field for everything: type a name, a number, a web address or a place of the product; Enter opens. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const translate = useTranslate();
  const listId = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const wanted = useSettled(query.trim(), 140);
  const found = useEntries(wanted);
  const commands = useCommands(onClose);
  const asked = useAsked(query);
  const navigate = useNavigate();
  const maySuspend = useMay('entry.suspend');

  const typed = query.trim().toLocaleLowerCase();
  const matching = commands.filter((command) => typed === '' || command.name.toLocaleLowerCase().includes(typed));
  const go = (to: string) => {
    onClose();
    void navigate(to);
  };
  const rows = typed === '' ? [] : (found.data?.data ?? []);
  const entries: Choice[] = rows.map((row) => ({
    id: row.id,
    group: 'shell.search.entries',
    name: row.name,
    detail: [row.organisationName, row.countries.join(' '), row.address].filter(Boolean).join(' · '),
    icon: ContactPhone,
    run: () => go(`/entries/${row.id}/show`),
    ...(maySuspend &&
      row.state === 'active' && {
        suspend: () => {
          onClose();
          void navigate(`/entries/${row.id}/show`, { state: { ask: 'suspend' } });
        },
      }),
  }));
  const total = found.data?.total ?? 0;
  if (typed !== '' && total > rows.length && rows.length > 0) {
    entries.push({
      id: 'all',
      group: 'shell.search.entries',
      name: translate('shell.search.all', { query: query.trim() }),
      icon: Search,
      run: () => go(`/entries?filter=${encodeURIComponent(JSON.stringify({ q: query.trim() }))}`),
    });
  }
  const questions: Choice[] = asked.map(({ id, name, href }) => ({
    id,
    group: 'coverage.see.group',
    name,
    icon: PersonSearch,
    run: () => go(href),
  }));
  // Who names a country and says what for asks; who names it alone looks for entries first.
  const isQuestion = asked.some(({ isWhole }) => isWhole);
  const choices =
    typed === ''
      ? matching
      : isQuestion
        ? [...questions, ...entries, ...matching]
        : [...entries, ...questions, ...matching];
  const at = Math.min(active, Math.max(0, choices.length - 1));

  const onKey = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined && choices.length > 0) {
      event.preventDefault();
      setActive((at + move + choices.length) % choices.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      const choice = choices[at];
      if (event.shiftKey && choice?.suspend) choice.suspend();
      else choice?.run();
    }
  };
  useEffect(() => {
    document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at, listId]);

  const isSearching = typed !== '' && (found.isFetching || wanted !== query.trim());
  return (
    <Dialog
      open
      onClose={onClose}
      slotProps={{
        paper: {
          sx: {
            width: 620,
            maxWidth: 'calc(100vw - 24px)',
            m: 1.5,
            alignSelf: 'flex-start',
            mt: { xs: 1.5, sm: '10vh' },
            overflow: 'hidden',
          },
        },
      }}
    >
      <DialogTitle className="visually-hidden">{translate('shell.search.label')}</DialogTitle>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, px: 2, borderBottom: 1, borderColor: 'divider' }}>
        <Search aria-hidden sx={{ color: 'text.secondary' }} />
        <InputBase
          autoFocus
          fullWidth
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKey}
          placeholder={translate('shell.search.hint')}
          sx={{ py: 1.5, fontSize: '1.0625rem' }}
          inputProps={{
            role: 'combobox',
            'aria-label': translate('shell.search.label'),
            'aria-expanded': true,
            'aria-controls': listId,
            'aria-activedescendant': choices.length > 0 ? `${listId}-${at}` : undefined,
            'aria-autocomplete': 'list',
            autoComplete: 'off',
            spellCheck: false,
            dir: 'auto',
          }}
        />
        <kbd aria-hidden>Esc</kbd>
      </Box>
      <Box
        role="listbox"
        id={listId}
        aria-label={translate('shell.search.label')}
        sx={{ overflowY: 'auto', maxHeight: 'min(56vh, 480px)', p: 1 }}
      >
        {groupsOf(choices).map(([group, members]) => (
          <Box key={group} role="group" aria-labelledby={`${listId}-${group}`}>
            <Typography
              id={`${listId}-${group}`}
              variant="overline"
              sx={{ display: 'block', px: 1.25, pt: 0.75, color: 'text.secondary' }}
            >
              {translate(group)}
            </Typography>
            {members.map(({ choice, index }) => (
              <Option
                key={choice.id}
                id={`${listId}-${index}`}
                choice={choice}
                isActive={index === at}
                onHover={() => setActive(index)}
              />
            ))}
          </Box>
        ))}
      </Box>
      <Box
        role="status"
        sx={{
          px: 2.25,
          pb: choices.length === 0 || isSearching || found.isError ? 2 : 0,
          color: 'text.secondary',
          typography: 'body2',
        }}
      >
        {found.isError ? (
          translate('shell.search.failed')
        ) : isSearching ? (
          translate('shell.search.searching')
        ) : choices.length === 0 ? (
          translate('shell.search.none', { query: query.trim() })
        ) : (
          <span className="visually-hidden">{translate('shell.search.results', { smart_count: choices.length })}</span>
        )}
      </Box>
      <Box
        sx={{
          display: { xs: 'none', sm: 'flex' },
          gap: 2,
          px: 2,
          py: 1,
          borderTop: 1,
          borderColor: 'divider',
          color: 'text.secondary',
          typography: 'body2',
        }}
      >
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {translate('shell.search.keys.move')}
        </span>
        <span>
          <kbd>↵</kbd> {translate('shell.search.keys.open')}
        </span>
        {choices[at]?.suspend && (
          <span>
            <kbd>⇧</kbd> <kbd>↵</kbd> {translate('shell.search.keys.suspend')}
          </span>
        )}
        <span>
          <kbd>Esc</kbd> {translate('shell.search.keys.close')}
        </span>
      </Box>
    </Dialog>
  );
}

function Option({
  id,
  choice,
  isActive,
  onHover,
}: {
  id: string;
  choice: Choice;
  isActive: boolean;
  onHover: () => void;
}) {
  const Icon = choice.icon;
  return (
    <Box
      role="option"
      id={id}
      aria-selected={isActive}
      onMouseMove={onHover}
      onClick={choice.run}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.5,
        px: 1.25,
        py: 0.875,
        borderRadius: 1,
        cursor: 'pointer',
        bgcolor: isActive ? 'action.selected' : 'transparent',
        boxShadow: isActive ? 'inset 3px 0 0 var(--wm-blaze)' : 'none',
        '[dir=rtl] &': { boxShadow: isActive ? 'inset -3px 0 0 var(--wm-blaze)' : 'none' },
      }}
    >
      <Icon aria-hidden fontSize="small" sx={{ color: 'text.secondary' }} />
      <Box sx={{ minWidth: 0 }}>
        <Box component="span" sx={{ display: 'block', fontWeight: 600 }}>
          <bdi>{choice.name}</bdi>
        </Box>
        {choice.detail && (
          <Typography component="span" variant="body2" color="text.secondary" noWrap sx={{ display: 'block' }}>
            <bdi>{choice.detail}</bdi>
          </Typography>
        )}
      </Box>
    </Box>
  );
}

function groupsOf(choices: readonly Choice[]): [string, { choice: Choice; index: number }[]][] {
  const groups = new Map<string, { choice: Choice; index: number }[]>();
  choices.forEach((choice, index) =>
    groups.set(choice.group, [...(groups.get(choice.group) ?? []), { choice, index }]),
  );
  return [...groups];
}

/** A value that has stood still for a moment. */
function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/** What a person would see, asked in words: the table of names comes when something is typed. */
function useAsked(text: string): { id: string; name: string; href: string; isWhole: boolean }[] {
  const words = useWords();
  const { data: read } = useQuery({
    queryKey: ['coverage', 'words'],
    queryFn: async () => (await import('../coverage/personSees.ts')).offersFor,
    enabled: text.trim() !== '',
    staleTime: Infinity,
  });
  return useMemo(() => read?.(text, words) ?? [], [read, text, words.t, words.locale]); // eslint-disable-line react-hooks/exhaustive-deps -- `words` is made anew on each render
}

function useEntries(q: string) {
  return useQuery({
    queryKey: ['entries', 'palette', q],
    queryFn: ({ signal }) => api.get<Page<RecordRow>>('/entries', { query: { q, perPage: SHOWN, page: 1 }, signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
}

function useCommands(onClose: () => void): Choice[] {
  const translate = useTranslate();
  const navigate = useNavigate();
  const { signOut } = useSignOut();
  const { isDark, toggle } = useDarkToggle();
  const permissions = useMe()?.permissions ?? [];
  const then = (act: () => void) => () => {
    onClose();
    act();
  };
  const places: Choice[] = DESTINATIONS.flatMap((group) => group.items)
    .filter((item) => permissions.includes(item.needs))
    .map((item) => ({
      id: item.to,
      group: 'shell.search.go',
      name: translate(item.label),
      icon: item.icon,
      run: then(() => void navigate(item.to)),
    }));
  const actions: Choice[] = [
    ...(permissions.includes('proposal.write')
      ? [
          {
            id: 'new',
            group: 'shell.search.actions',
            name: translate('shell.search.newEntry'),
            icon: AddCircle,
            run: then(() => void navigate('/entries/create')),
          },
        ]
      : []),
    {
      id: 'dark',
      group: 'shell.search.actions',
      name: translate(isDark ? 'shell.light' : 'shell.dark'),
      icon: DarkMode,
      run: then(toggle),
    },
    {
      id: 'out',
      group: 'shell.search.actions',
      name: translate('session.signOut'),
      icon: Logout,
      run: then(() => void signOut()),
    },
  ];
  return [...places, ...actions];
}
