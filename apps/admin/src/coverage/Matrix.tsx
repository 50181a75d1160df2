import { memo, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { flushSync } from 'react-dom';
import { Box, Paper } from '@mui/material';
import UnfoldLess from '@mui/icons-material/UnfoldLess';
import UnfoldMore from '@mui/icons-material/UnfoldMore';
import { countryName, type Country } from '@waymark/domain';
import { useWords } from '../records/words.ts';
import { Sign, signColours } from './cellLooks.tsx';
import { cellOf, type Column, type CoverageRow } from './useCoverage.ts';

export type MatrixProps = {
  rows: readonly CoverageRow[];
  columns: readonly Column[];
  /** What a cell says, without its country and need. */
  wordsOf: (row: CoverageRow, column: Column) => string;
  onOpen: (country: Country, column: Column | undefined) => void;
  /** Whether the needs behind the first column stand beside it, and what changes that. */
  isOpen: boolean;
  onToggle: () => void;
  label: string;
};

type Place = { row: number; column: number };

/**
 * Country × need as a grid: one stop for the Tab key, arrows go from cell to cell, Enter opens (WAI-ARIA grid pattern). Names of rows
 * and columns stay in sight.
 */
export function Matrix({ rows, columns, wordsOf, onOpen, isOpen, onToggle, label }: MatrixProps) {
  const { t, locale } = useWords();
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  // The cell the Tab key comes to must exist after a filter took rows away.
  const stop = { row: Math.min(at.row, Math.max(0, rows.length - 1)), column: Math.min(at.column, columns.length) };

  // Only one cell can be focused at a time, so the next one is focused once it is that cell.
  const [isMoving, setMoving] = useState(false);
  useLayoutEffect(() => {
    if (!isMoving) return;
    setMoving(false);
    const cell = table.current?.querySelector<HTMLElement>('tbody [tabindex="0"]');
    cell?.focus();
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isMoving]);
  const open = ({ row, column }: Place) => {
    const country = rows[row]?.country;
    if (country !== undefined) onOpen(country, columns[column - 1]);
  };
  const onKey = (event: KeyboardEvent) => {
    const place = placeOf(event.target);
    if (!place) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(place);
      return;
    }
    const isRtl = table.current !== null && getComputedStyle(table.current).direction === 'rtl';
    const next = moved(place, event, { rows: rows.length, columns: columns.length + 1 }, isRtl);
    if (!next) return;
    event.preventDefault();
    setAt(next);
    setMoving(true);
  };
  const onClick = (event: MouseEvent) => {
    const place = placeOf(event.target);
    if (!place) return;
    setAt(place);
    // The drawer gives the focus back to where it was: the cell must have it before the drawer opens.
    flushSync(() => setMoving(true));
    open(place);
  };

  return (
    <Paper variant="outlined" sx={{ overflow: 'auto', maxHeight: 'min(78vh, 900px)', position: 'relative' }}>
      <Box
        component="table"
        ref={table}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        onKeyDown={onKey}
        onClick={onClick}
        sx={(theme) => ({
          ...signColours(theme),
          borderCollapse: 'separate',
          borderSpacing: 0,
          minWidth: '100%',
          typography: 'body2',
          '& th, & td': { borderBottom: 1, borderColor: 'divider', p: 0 },
          '& thead th': {
            position: 'sticky',
            top: 0,
            zIndex: 2,
            bgcolor: theme.palette.mode === 'dark' ? '#1b2725' : '#f1f2ec',
            verticalAlign: 'bottom',
            fontSize: '0.8125rem',
            fontWeight: 650,
            lineHeight: 1.25,
            color: 'text.secondary',
            textAlign: 'center',
            px: 0.75,
            py: 1,
            width: 84,
            minWidth: 76,
            hyphens: 'auto',
          },
          '& thead th[data-part]': { fontWeight: 500, borderInlineStart: '1px dashed', borderColor: 'divider' },
          '& thead th:first-of-type': {
            insetInlineStart: 0,
            zIndex: 3,
            textAlign: 'start',
            paddingInlineStart: 1.75,
            minWidth: { xs: 118, sm: 190 },
          },
          '& tbody th': {
            position: 'sticky',
            insetInlineStart: 0,
            zIndex: 1,
            bgcolor: 'background.paper',
            textAlign: 'start',
            fontWeight: 600,
            borderInlineEnd: 1,
            paddingInline: 1.75,
            maxWidth: { xs: 130, sm: 240 },
            overflowWrap: 'anywhere',
          },
          '& tbody td': {
            height: 36,
            textAlign: 'center',
            verticalAlign: 'middle',
            cursor: 'pointer',
            color: 'text.secondary',
          },
          '& tbody th[role]': { cursor: 'pointer' },
          '& tbody tr:hover > *': { bgcolor: theme.palette.mode === 'dark' ? '#1b2725' : '#f1f2ec' },
          '& td svg': { verticalAlign: 'middle' },
          '& [data-row]:focus-visible': { outlineOffset: -3 },
          '& .count': { marginInlineStart: '3px', fontVariantNumeric: 'tabular-nums' },
        })}
      >
        <thead>
          <tr>
            <th scope="col">{t('fields.country')}</th>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-part={column.isPart || undefined}>
                {column.needs.length > 1 ? (
                  <ExpandButton name={column.name} isOpen={isOpen} onToggle={onToggle} />
                ) : (
                  column.name
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <Row
              key={row.country}
              row={row}
              r={r}
              name={countryName(row.country, locale)}
              columns={columns}
              stop={stop.row === r ? stop.column : -1}
              wordsOf={wordsOf}
            />
          ))}
        </tbody>
      </Box>
    </Paper>
  );
}

function ExpandButton({ name, isOpen, onToggle }: { name: string; isOpen: boolean; onToggle: () => void }) {
  return (
    <Box
      component="button"
      type="button"
      aria-expanded={isOpen}
      onClick={onToggle}
      sx={{
        all: 'unset',
        cursor: 'pointer',
        minHeight: 24,
        textDecoration: 'underline',
        textUnderlineOffset: '3px',
        '&:focus-visible': { outline: '3px solid var(--wm-focus)', outlineOffset: 2 },
      }}
    >
      {name}
      {isOpen ? (
        <UnfoldLess aria-hidden sx={{ fontSize: 16, verticalAlign: 'middle', transform: 'rotate(90deg)' }} />
      ) : (
        <UnfoldMore aria-hidden sx={{ fontSize: 16, verticalAlign: 'middle', transform: 'rotate(90deg)' }} />
      )}
    </Box>
  );
}

type RowProps = {
  row: CoverageRow;
  r: number;
  name: string;
  columns: readonly Column[];
  /** Column of the cell the Tab key comes to; -1 when it is in another row. */
  stop: number;
  wordsOf: (row: CoverageRow, column: Column) => string;
};

// Thousands of cells: plain elements, and only the two rows between which the stop moved are drawn again.
const Row = memo(function Row({ row, r, name, columns, stop, wordsOf }: RowProps) {
  return (
    <tr aria-rowindex={r + 2}>
      <th scope="row" role="rowheader" data-row={r} data-column={0} tabIndex={stop === 0 ? 0 : undefined}>
        <bdi>{name}</bdi>
      </th>
      {columns.map((column, c) => {
        const cell = cellOf(row, column.needs);
        const words = wordsOf(row, column);
        return (
          <td
            key={column.key}
            role="gridcell"
            aria-label={words}
            title={words}
            data-row={r}
            data-column={c + 1}
            data-state={cell.state}
            tabIndex={stop === c + 1 ? 0 : undefined}
          >
            <Sign state={cell.state} />
            {cell.options > 0 && (
              <span aria-hidden className="count">
                {cell.options}
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
});

function placeOf(target: EventTarget): Place | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return cell ? { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) } : undefined;
}

/** Where a key leads in a grid; undefined when it leads nowhere. */
function moved(
  { row, column }: Place,
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  size: { rows: number; columns: number },
  isRtl: boolean,
): Place | undefined {
  const ahead = isRtl ? -1 : 1;
  const [lastRow, lastColumn] = [size.rows - 1, size.columns - 1];
  const within = (to: Place): Place => ({
    row: Math.max(0, Math.min(lastRow, to.row)),
    column: Math.max(0, Math.min(lastColumn, to.column)),
  });
  switch (key) {
    case 'ArrowDown':
      return within({ row: row + 1, column });
    case 'ArrowUp':
      return within({ row: row - 1, column });
    case 'ArrowRight':
      return within({ row, column: column + ahead });
    case 'ArrowLeft':
      return within({ row, column: column - ahead });
    case 'PageDown':
      return within({ row: row + 10, column });
    case 'PageUp':
      return within({ row: row - 10, column });
    case 'Home':
      return { row: ctrlKey ? 0 : row, column: 0 };
    case 'End':
      return { row: ctrlKey ? lastRow : row, column: lastColumn };
    default:
      return undefined;
  }
}
