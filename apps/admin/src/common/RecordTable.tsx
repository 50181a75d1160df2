import { useState, type MouseEvent, type ReactNode } from 'react';
import {
  Box,
  Button,
  Checkbox,
  ListItemIcon,
  Menu,
  MenuItem,
  Paper,
  Skeleton,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  TableSortLabel,
  Toolbar,
  Typography,
  useMediaQuery,
  type Theme,
} from '@mui/material';
import CheckBoxIcon from '@mui/icons-material/CheckBox';
import CheckBoxOutlineBlank from '@mui/icons-material/CheckBoxOutlineBlank';
import ViewColumnOutlined from '@mui/icons-material/ViewColumnOutlined';
import { useListContext, useLocaleState, useStore, useTranslate, type RaRecord } from 'ra-core';
import { Link, useNavigate } from 'react-router-dom';
import { EmptyState } from './EmptyState.tsx';
import { ErrorState } from './ErrorState.tsx';
import { Pager } from './Pager.tsx';

export type Column<Row> = {
  key: string;
  /** Text of the header, translated already. */
  label: string;
  cell: (row: Row) => ReactNode;
  /** Field to sort by, when the server offers it. */
  sort?: string;
  /** Numbers stand at the end. */
  numeric?: boolean;
  /** In the column menu, and off until chosen. */
  offByDefault?: boolean;
  /** Never shown as a line of its own on a phone (e.g. shown in another cell already). */
  wideOnly?: boolean;
};

export type RecordTableProps<Row extends RaRecord> = {
  /** The first column names the row and carries its link. */
  columns: readonly Column<Row>[];
  /** Name of the table for screen readers. */
  label: string;
  nameOf: (row: Row) => string;
  hrefOf?: (row: Row) => string;
  /** Buttons at the end of each row, e.g. a real Edit link. */
  rowActions?: (row: Row) => ReactNode;
  /** Shown while rows are selected; without it there are no checkboxes. */
  bulkActions?: ReactNode;
  /** That all rows the filter finds are meant; without it only ticked rows can be. */
  whole?: { isOn: boolean; set: (isOn: boolean) => void };
  /** With it the reader may choose columns, and the choice is remembered. */
  columnsKey?: string;
  empty?: ReactNode;
  /** Without pages, for short lists. */
  paged?: boolean;
};

/**
 * The list of every screen, inside a react-admin list context (`ListBase`, `InfiniteListBase`, `ListContextProvider`).
 * A real table with named checkboxes, a real link per row and sort buttons; on a phone the same rows as cards.
 */
export function RecordTable<Row extends RaRecord>(props: RecordTableProps<Row>) {
  const { columns, label, nameOf, hrefOf, rowActions, bulkActions, whole, columnsKey, empty, paged = true } = props;
  const translate = useTranslate();
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  const list = useListContext<Row>();
  const { data, error, isPending, refetch, total } = list;
  const [hidden, setHidden] = useHiddenColumns(columnsKey, columns);
  const shown = columns.filter((column, i) => i === 0 || !hidden.includes(column.key));

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!isPending && data?.length === 0) {
    return (
      <>
        {empty ?? (
          <EmptyState art="fork" title={translate('common.table.none')}>
            {translate('common.table.noneText')}
          </EmptyState>
        )}
      </>
    );
  }

  const Rows = narrow ? Cards : Grid;
  return (
    <Box>
      {columnsKey !== undefined && !narrow && (
        <Box sx={{ display: 'flex', justifyContent: 'flex-end', mb: 0.5 }}>
          <ColumnsMenu columns={columns} hidden={hidden} onChange={setHidden} />
        </Box>
      )}
      {bulkActions !== undefined && <SelectionBar whole={whole}>{bulkActions}</SelectionBar>}
      <Rows
        rows={isPending ? undefined : data}
        columns={shown}
        label={label}
        nameOf={nameOf}
        hrefOf={hrefOf}
        rowActions={rowActions}
        selectable={bulkActions !== undefined}
        whole={whole}
      />
      {paged && (total ?? 0) > 0 && <Pager />}
    </Box>
  );
}

type RowsProps<Row extends RaRecord> = {
  rows: readonly Row[] | undefined;
  columns: readonly Column<Row>[];
  label: string;
  nameOf: (row: Row) => string;
  hrefOf: ((row: Row) => string) | undefined;
  rowActions: ((row: Row) => ReactNode) | undefined;
  selectable: boolean;
  whole: RecordTableProps<Row>['whole'];
};

function Grid<Row extends RaRecord>(props: RowsProps<Row>) {
  const { rows, columns, label, nameOf, hrefOf, rowActions, selectable, whole } = props;
  const translate = useTranslate();
  const navigate = useNavigate();
  const { sort, setSort } = useListContext<Row>();
  const { pageIds, selectedHere, isSelected: isRowSelected, toggle, togglePage } = useRowSelection(rows, whole);

  const open = (event: MouseEvent, row: Row) => {
    // The link is the way in; a click beside it is a convenience, unless text was marked or something else was meant.
    const isOnControl = event.target instanceof Element && event.target.closest('a,button,input,label,summary');
    if (!hrefOf || isOnControl || window.getSelection()?.toString()) return;
    void navigate(hrefOf(row));
  };

  return (
    <TableContainer component={Paper} variant="outlined" sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label={label} aria-busy={rows === undefined || undefined}>
        <TableHead>
          <TableRow>
            {selectable && (
              <TableCell padding="checkbox">
                <Checkbox
                  size="small"
                  checked={pageIds.length > 0 && selectedHere.length === pageIds.length}
                  indeterminate={selectedHere.length > 0 && selectedHere.length < pageIds.length}
                  onChange={togglePage}
                  // The native box says "mixed" by itself; said twice the two can differ.
                  slotProps={{
                    input: { 'aria-label': translate('common.table.selectPage'), 'aria-checked': undefined },
                  }}
                />
              </TableCell>
            )}
            {columns.map((column) => {
              const isSorted = column.sort !== undefined && sort?.field === column.sort;
              const direction = sort?.order === 'DESC' ? 'desc' : 'asc';
              return (
                <TableCell
                  key={column.key}
                  scope="col"
                  sx={{ textAlign: column.numeric ? 'end' : 'start', whiteSpace: 'nowrap' }}
                  aria-sort={isSorted ? (direction === 'asc' ? 'ascending' : 'descending') : undefined}
                >
                  {column.sort === undefined ? (
                    column.label
                  ) : (
                    <TableSortLabel
                      active={isSorted}
                      direction={isSorted ? direction : 'asc'}
                      onClick={() =>
                        setSort({
                          field: column.sort ?? column.key,
                          order: isSorted && direction === 'asc' ? 'DESC' : 'ASC',
                        })
                      }
                    >
                      {column.label}
                    </TableSortLabel>
                  )}
                </TableCell>
              );
            })}
            {rowActions && (
              <TableCell>
                <span className="visually-hidden">{translate('common.table.actions')}</span>
              </TableCell>
            )}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows === undefined
            ? Array.from({ length: 8 }, (_, i) => (
                <TableRow key={i}>
                  {selectable && <TableCell padding="checkbox" />}
                  {columns.map((column, c) => (
                    <TableCell key={column.key}>
                      <Skeleton width={c === 0 ? '70%' : '50%'} />
                    </TableCell>
                  ))}
                  {rowActions && <TableCell />}
                </TableRow>
              ))
            : rows.map((row) => {
                const isSelected = isRowSelected(row.id);
                return (
                  <TableRow
                    key={row.id}
                    hover={hrefOf !== undefined}
                    selected={isSelected}
                    onClick={(event) => open(event, row)}
                    sx={hrefOf ? { cursor: 'pointer' } : undefined}
                  >
                    {selectable && (
                      <TableCell padding="checkbox">
                        <Checkbox
                          size="small"
                          checked={isSelected}
                          onChange={() => toggle(row.id)}
                          slotProps={{
                            input: { 'aria-label': translate('common.table.select', { name: nameOf(row) }) },
                          }}
                        />
                      </TableCell>
                    )}
                    {columns.map((column, c) =>
                      c === 0 ? (
                        <TableCell
                          key={column.key}
                          component="th"
                          scope="row"
                          sx={{ fontWeight: 600, textAlign: 'start' }}
                        >
                          <RowName href={hrefOf?.(row)}>{column.cell(row)}</RowName>
                        </TableCell>
                      ) : (
                        <TableCell key={column.key} sx={{ textAlign: column.numeric ? 'end' : 'start' }}>
                          {column.cell(row)}
                        </TableCell>
                      ),
                    )}
                    {rowActions && (
                      <TableCell sx={{ textAlign: 'end', whiteSpace: 'nowrap' }}>{rowActions(row)}</TableCell>
                    )}
                  </TableRow>
                );
              })}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function Cards<Row extends RaRecord>(props: RowsProps<Row>) {
  const { rows, columns, label, nameOf, hrefOf, rowActions, selectable, whole } = props;
  const translate = useTranslate();
  const { isSelected, toggle } = useRowSelection(rows, whole);
  const [first, ...others] = columns;
  if (rows === undefined) {
    return (
      <Box aria-busy aria-label={translate('common.table.loading')} role="status">
        {Array.from({ length: 4 }, (_, i) => (
          <Skeleton key={i} variant="rounded" height={112} sx={{ mb: 1.25 }} />
        ))}
      </Box>
    );
  }
  return (
    <Box component="ul" aria-label={label} sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25 }}>
      {rows.map((row) => (
        <Paper key={row.id} component="li" variant="outlined" sx={{ p: 1.75, minWidth: 0 }}>
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
            {selectable && (
              <Checkbox
                size="small"
                sx={{ m: -0.75 }}
                checked={isSelected(row.id)}
                onChange={() => toggle(row.id)}
                slotProps={{ input: { 'aria-label': translate('common.table.select', { name: nameOf(row) }) } }}
              />
            )}
            <Box sx={{ flex: 1, minWidth: 0, fontWeight: 600, overflowWrap: 'anywhere' }}>
              <RowName href={hrefOf?.(row)}>{first?.cell(row)}</RowName>
            </Box>
          </Box>
          <Box
            component="dl"
            sx={{
              m: 0,
              mt: 1,
              display: 'grid',
              gridTemplateColumns: 'minmax(88px, auto) 1fr',
              columnGap: 1.5,
              rowGap: 0.5,
            }}
          >
            {others
              .filter((column) => !column.wideOnly)
              .map((column) => (
                <Box key={column.key} sx={{ display: 'contents' }}>
                  <Typography component="dt" variant="body2" color="text.secondary">
                    {column.label}
                  </Typography>
                  <Typography component="dd" variant="body2" sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere' }}>
                    {column.cell(row)}
                  </Typography>
                </Box>
              ))}
          </Box>
          {rowActions && <Box sx={{ mt: 1, display: 'flex', flexWrap: 'wrap', gap: 1 }}>{rowActions(row)}</Box>}
        </Paper>
      ))}
    </Box>
  );
}

function RowName({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (href === undefined) return <bdi>{children}</bdi>;
  return (
    <Box
      component={Link}
      to={href}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        verticalAlign: 'middle',
        minHeight: 24,
        color: 'text.primary',
        textDecoration: 'underline',
        textDecorationColor: 'transparent',
        textUnderlineOffset: '3px',
        '&:hover, tr:hover &': { textDecorationColor: 'currentcolor' },
      }}
    >
      <bdi>{children}</bdi>
    </Box>
  );
}

type RowId = RaRecord['id'];

/** Which rows of the page are meant, and what a tick does: while all that match are meant, taking one out means the others of this page. */
function useRowSelection<Row extends RaRecord>(
  rows: readonly Row[] | undefined,
  whole: RecordTableProps<Row>['whole'],
) {
  const { selectedIds, onToggleItem, onSelect, onUnselectItems } = useListContext<Row>();
  const pageIds = (rows ?? []).map((row) => row.id);
  const isSelected = (id: RowId) => whole?.isOn === true || selectedIds.includes(id);
  const selectedHere = pageIds.filter(isSelected);
  return {
    pageIds,
    selectedHere,
    isSelected,
    toggle(id: RowId) {
      if (!whole?.isOn) return onToggleItem(id);
      whole.set(false);
      return onSelect(pageIds.filter((other) => other !== id));
    },
    togglePage() {
      const isWholePage = selectedHere.length === pageIds.length;
      whole?.set(false);
      if (isWholePage) onUnselectItems();
      else onSelect([...new Set([...selectedIds, ...pageIds])]);
    },
  };
}

function SelectionBar<Row extends RaRecord>({
  whole,
  children,
}: {
  whole: RecordTableProps<Row>['whole'];
  children: ReactNode;
}) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { selectedIds, onUnselectItems, total = 0 } = useListContext();
  const count = selectedIds?.length ?? 0;
  const all = { smart_count: total, count: new Intl.NumberFormat(locale).format(total) };
  return (
    <Box role="status" aria-live="polite">
      {(count > 0 || whole?.isOn) && (
        <Toolbar
          variant="dense"
          sx={{
            flexWrap: 'wrap',
            gap: 1,
            py: 0.75,
            mb: 1,
            borderRadius: 1,
            bgcolor: 'action.selected',
            position: 'sticky',
            top: 72,
            zIndex: 2,
          }}
        >
          <Typography sx={{ fontWeight: 600, marginInlineEnd: 1 }}>
            {whole?.isOn
              ? translate('common.table.wholeSelected', all)
              : translate('common.table.selected', { smart_count: count })}
          </Typography>
          {whole && !whole.isOn && total > count && (
            <Button size="small" onClick={() => whole.set(true)}>
              {translate('common.table.selectWhole', all)}
            </Button>
          )}
          {children}
          <Box sx={{ flex: 1 }} />
          <Button
            size="small"
            onClick={() => {
              whole?.set(false);
              onUnselectItems();
            }}
          >
            {translate('common.table.unselect')}
          </Button>
        </Toolbar>
      )}
    </Box>
  );
}

function useHiddenColumns<Row>(key: string | undefined, columns: readonly Column<Row>[]) {
  const off = columns.filter((column) => column.offByDefault).map((column) => column.key);
  return useStore<string[]>(`${key ?? 'table'}.hidden`, off);
}

function ColumnsMenu<Row>({
  columns,
  hidden,
  onChange,
}: {
  columns: readonly Column<Row>[];
  hidden: string[];
  onChange: (hidden: string[]) => void;
}) {
  const translate = useTranslate();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        size="small"
        startIcon={<ViewColumnOutlined />}
        aria-haspopup="true"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {translate('common.table.columns')}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {columns.slice(1).map((column) => {
          const isShown = !hidden.includes(column.key);
          return (
            <MenuItem
              key={column.key}
              role="menuitemcheckbox"
              aria-checked={isShown}
              dense
              onClick={() => onChange(isShown ? [...hidden, column.key] : hidden.filter((key) => key !== column.key))}
            >
              <ListItemIcon>
                {isShown ? (
                  <CheckBoxIcon aria-hidden fontSize="small" />
                ) : (
                  <CheckBoxOutlineBlank aria-hidden fontSize="small" />
                )}
              </ListItemIcon>
              {column.label}
            </MenuItem>
          );
        })}
      </Menu>
    </>
  );
}
