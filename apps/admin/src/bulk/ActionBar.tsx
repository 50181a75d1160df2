import { lazy, Suspense, useState } from 'react';
import { Button, ListItemText, Menu, MenuItem } from '@mui/material';
import Download from '@mui/icons-material/Download';
import EditNote from '@mui/icons-material/EditNote';
import { useListContext } from 'ra-core';
import { api } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { saveBlob } from '../common/saveBlob.ts';
import { useVerb } from '../common/useVerb.ts';
import { MOST_IN_A_WORKBOOK } from '../common/workbook.ts';
import { useWords } from '../records/words.ts';
import { useMe } from '../session/current.ts';
import { ACTIONS } from './actions.ts';
import type { ActionName, Selection } from './contract.ts';
import type { Whole } from './useWhole.ts';

// Its forms are no part of looking at the list.
const ActionDialog = lazy(() => import('./ActionDialog.tsx').then((made) => ({ default: made.ActionDialog })));

const FORMATS = ['csv', 'xlsx', 'json', 'ndjson'] as const;

/** What can be done with the selected entries, or with all that match: each is looked at before it is done. */
export function ActionBar({ whole }: { whole: Whole }) {
  const { t } = useWords();
  const { selectedIds, filterValues, total = 0, onUnselectItems } = useListContext();
  const permissions = useMe()?.permissions ?? [];
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState<ActionName>();
  const selection: Selection = whole.isOn ? { filter: filterValues } : { ids: selectedIds.map(String) };
  const count = whole.isOn ? total : selectedIds.length;
  const offered = ACTIONS.filter(({ needs }) => permissions.includes(needs));
  return (
    <>
      {offered.length > 0 && (
        <Button
          size="small"
          variant="contained"
          startIcon={<EditNote />}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          {t('bulk.open')}
        </Button>
      )}
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        slotProps={{ list: { 'aria-label': t('bulk.open') } }}
      >
        {offered.map(({ name }) => (
          <MenuItem
            key={name}
            onClick={() => {
              setAnchor(null);
              setOpen(name);
            }}
          >
            {t(`bulk.action.${name}`)}
          </MenuItem>
        ))}
      </Menu>
      <ExportSelected selection={selection} count={count} />
      {open && (
        <Suspense>
          <ActionDialog
            name={open}
            selection={selection}
            count={count}
            onClose={(isDone) => {
              setOpen(undefined);
              if (!isDone) return;
              whole.set(false);
              onUnselectItems();
            }}
          />
        </Suspense>
      )}
    </>
  );
}

/** The selected entries as a file that can be edited and brought back. */
function ExportSelected({ selection, count }: { selection: Selection; count: number }) {
  const { t } = useWords();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const take = useVerb(async (format: (typeof FORMATS)[number]) =>
    saveBlob(`entries.${format}`, await api.file('/bulk/export', { selection, format })),
  );
  return (
    <>
      <Button
        size="small"
        startIcon={<Download />}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-busy={take.busy}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t('bulk.export')}
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        slotProps={{ list: { 'aria-label': t('bulk.export') } }}
      >
        {FORMATS.map((format) => (
          <MenuItem
            key={format}
            disabled={count > MOST_IN_A_WORKBOOK}
            onClick={() => {
              setAnchor(null);
              void take.run(format);
            }}
          >
            <ListItemText primary={t(`entries.export.${format}`)} secondary={t(`entries.export.${format}Text`)} />
          </MenuItem>
        ))}
      </Menu>
      <ProblemNote problem={take.problem} />
    </>
  );
}
