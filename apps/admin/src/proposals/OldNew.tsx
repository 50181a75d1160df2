import type { ReactNode } from 'react';
import { Box, Typography } from '@mui/material';
import type { Change } from '@waymark/domain';
import type { References } from '../contract.ts';
import { useWords } from '../records/words.ts';
import { LineList } from '../records/ValueLines.tsx';
import { valueLines, type Line } from '../records/valueLines.ts';
import { differingCharacters, DiffText, type Side } from './DiffText.tsx';

export type OldNewProps = {
  change: Change;
  references: References;
  /** A new document has no old side. */ onlyNew?: boolean;
};

/** Old beside new as people read them: the same labelled lines on both sides, what differs marked. On a phone one over the other. */
export function OldNew({ change, references, onlyNew = false }: OldNewProps) {
  const { t, ...words } = useWords();
  const context = { t, ...words, references };
  const before = valueLines(change.path, change.before, context);
  const after = valueLines(change.path, change.after, context);
  const isContact = change.class === 'contact-value';
  const differing = isContact && change.op === 'changed' ? codeDifference(before, after) : undefined;
  return (
    <Box>
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: 'minmax(0,1fr)', sm: onlyNew ? 'minmax(0,1fr)' : 'repeat(2, minmax(0,1fr))' },
          gap: 1,
        }}
      >
        {!onlyNew && (
          <Pane side="old" label={t('proposals.change.old')} isBlank={before.length === 0}>
            {before.length === 0 ? (
              <Nothing side="old" isEmpty={change.before !== undefined} />
            ) : (
              <Lines lines={before} others={after} side="old" isLarge={isContact} />
            )}
          </Pane>
        )}
        <Pane side="new" label={t('proposals.change.new')} isQuiet={onlyNew} isBlank={after.length === 0}>
          {after.length === 0 ? (
            <Nothing side="new" isEmpty={onlyNew || change.after !== undefined} />
          ) : (
            <Lines lines={after} others={onlyNew ? undefined : before} side="new" isLarge={isContact} />
          )}
        </Pane>
      </Box>
      {differing !== undefined && differing > 0 && (
        <Typography variant="body2" sx={{ mt: 0.5, fontWeight: 600 }}>
          {t('proposals.change.differ', { smart_count: differing })}
        </Typography>
      )}
    </Box>
  );
}

function codeDifference(before: readonly Line[], after: readonly Line[]): number | undefined {
  const [old] = before.filter(({ code }) => code);
  const [next] = after.filter(({ code }) => code);
  return old && next ? differingCharacters(old.text, next.text) : undefined;
}

function Pane({
  side,
  label,
  isQuiet = false,
  isBlank = false,
  children,
}: {
  side: Side;
  label: string;
  isQuiet?: boolean;
  isBlank?: boolean;
  children: ReactNode;
}) {
  return (
    <Box
      sx={{
        minWidth: 0,
        borderRadius: 1,
        px: 1.5,
        py: 1,
        ...(isQuiet
          ? {}
          : isBlank
            ? { border: '1px dashed', borderColor: 'divider' }
            : { bgcolor: `var(--wm-${side})`, borderInlineStart: '4px solid', borderColor: `var(--wm-${side}-text)` }),
      }}
    >
      {!isQuiet && (
        <Typography
          variant="body2"
          component="div"
          sx={{ color: isBlank ? 'text.secondary' : `var(--wm-${side}-text)`, fontWeight: 650, mb: 0.25 }}
        >
          <span aria-hidden>{side === 'old' ? '− ' : '+ '}</span>
          {label}
        </Typography>
      )}
      {children}
    </Box>
  );
}

/** An empty list says nothing, which is not the same as being taken away. */
function Nothing({ side, isEmpty }: { side: Side; isEmpty: boolean }) {
  const { t } = useWords();
  return (
    <Typography variant="body2" color="text.secondary" sx={{ fontStyle: 'italic' }}>
      {t(
        isEmpty
          ? 'proposals.change.empty'
          : side === 'old'
            ? 'proposals.change.wasNothing'
            : 'proposals.change.becomesNothing',
      )}
    </Typography>
  );
}

/** Lines of one side. A line is compared with the line of the same label on the other side. */
function Lines({
  lines,
  others,
  side,
  isLarge,
}: {
  lines: readonly Line[];
  others: readonly Line[] | undefined;
  side: Side;
  isLarge: boolean;
}) {
  const twinOf = (line: Line) => others?.find(({ label }) => label === line.label);
  return (
    <LineList
      lines={lines}
      text={(line, isBare) => {
        const difference = (
          <LineDiff
            line={line}
            twin={twinOf(line)}
            side={side}
            isCompared={others !== undefined && others.length > 0}
          />
        );
        return isLarge && isBare && line.code ? (
          <Box
            sx={{
              fontSize: { xs: '1.375rem', md: '1.625rem' },
              fontWeight: 600,
              lineHeight: 1.3,
              fontVariantNumeric: 'tabular-nums',
              letterSpacing: '0.015em',
            }}
          >
            {difference}
          </Box>
        ) : (
          difference
        );
      }}
    />
  );
}

function LineDiff({
  line,
  twin,
  side,
  isCompared,
}: {
  line: Line;
  twin: Line | undefined;
  side: Side;
  isCompared: boolean;
}) {
  const how = line.code ? 'code' : 'words';
  // Without a counterpart the whole line is what changed; beside nothing at all there is nothing to mark.
  const other = twin?.text ?? (isCompared ? '' : line.text);
  return side === 'old' ? (
    <DiffText before={line.text} after={other} side="old" how={how} lang={line.lang} />
  ) : (
    <DiffText before={other} after={line.text} side="new" how={how} lang={line.lang} />
  );
}
