import {
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Switch,
  Typography,
} from '@mui/material';
import { useTranslate } from 'ra-core';
import { modKey, setSingleKeys, useShortcuts, useSingleKeys } from '../common/useShortcut.ts';

const NAMES: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Enter: '↵', Escape: 'Esc' };

const GENERAL = 'shell.shortcut.general';

/** Every key that works on this screen. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const translate = useTranslate();
  const shortcuts = useShortcuts();
  const isOn = useSingleKeys();
  const groups = groupBy(
    groupBy(shortcuts, (shortcut) => shortcut.label),
    ([, [first]]) => first?.group ?? GENERAL,
  );
  // What this page can do stands first, where one can go last.
  const sorted = groups.sort(([a], [b]) => placeOf(a) - placeOf(b));
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby="shortcut-sheet">
      <DialogTitle id="shortcut-sheet">{translate('shell.shortcut.sheet')}</DialogTitle>
      <DialogContent>
        {sorted.map(([group, rows]) => (
          <Box key={group} component="section" sx={{ mb: 2.5 }}>
            <Typography variant="h3" component="h3" sx={{ mb: 0.5 }}>
              {translate(group)}
            </Typography>
            <Box component="dl" sx={{ m: 0 }}>
              {rows.map(([label, bindings]) => (
                <Box
                  key={label}
                  sx={{
                    display: 'flex',
                    justifyContent: 'space-between',
                    gap: 2,
                    py: 0.75,
                    borderBottom: 1,
                    borderColor: 'divider',
                  }}
                >
                  <dt>{translate(label)}</dt>
                  <Box
                    component="dd"
                    sx={{ m: 0, display: 'flex', flexWrap: 'wrap', gap: 1, justifyContent: 'flex-end' }}
                  >
                    {bindings.map((binding) => (
                      <Keys key={binding.keys} keys={binding.keys} />
                    ))}
                  </Box>
                </Box>
              ))}
            </Box>
          </Box>
        ))}
        <FormControlLabel
          control={<Switch checked={isOn} onChange={(event) => setSingleKeys(event.target.checked)} />}
          label={translate('shell.shortcut.single')}
        />
        <Typography variant="body2" color="text.secondary">
          {translate('shell.shortcut.singleHelp')}
        </Typography>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          {translate('common.action.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}

function placeOf(group: string): number {
  return group === GENERAL ? 1 : group === 'shell.shortcut.go' ? 2 : 0;
}

function Keys({ keys }: { keys: string }) {
  const translate = useTranslate();
  return (
    <Box component="span" dir="ltr" sx={{ whiteSpace: 'nowrap' }}>
      {keys.split(' ').map((press, i) => (
        <span key={press}>
          {i > 0 && ` ${translate('shell.shortcut.then')} `}
          {press.split('+').map((key, k) => (
            <span key={key}>
              {k > 0 && ' '}
              <kbd>{key === 'mod' ? modKey() : (NAMES[key] ?? key.toUpperCase())}</kbd>
            </span>
          ))}
        </span>
      ))}
    </Box>
  );
}
