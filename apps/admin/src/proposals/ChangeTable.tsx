import type { ReactNode } from 'react';
import { Box, Chip, Paper, Typography } from '@mui/material';
import Add from '@mui/icons-material/Add';
import Remove from '@mui/icons-material/Remove';
import SwapVert from '@mui/icons-material/SwapVert';
import EditOutlined from '@mui/icons-material/EditOutlined';
import { isTree, type Change, type ChangeClass, type Evidence } from '@waymark/domain';
import type { References } from '../contract.ts';
import { EvidenceItem } from '../records/EvidenceItem.tsx';
import { fieldLabel } from '../records/fieldLabel.ts';
import { useWords } from '../records/words.ts';
import { OldNew } from './OldNew.tsx';

/** Groups in the order of what can hurt most. */
const GROUPS: readonly { key: string; classes: readonly ChangeClass[] }[] = [
  { key: 'contact', classes: ['contact-value'] },
  { key: 'leaving', classes: ['retirement'] },
  {
    key: 'reliedOn',
    classes: ['reach', 'hours', 'anonymity', 'serves', 'accepts', 'ages', 'status', 'coverage', 'identity'],
  },
  { key: 'words', classes: ['text', 'tags', 'membership', 'relation'] },
  { key: 'evidence', classes: ['evidence'] },
  { key: 'internal', classes: ['internal', 'format'] },
];

/** Names the system gives are for the system: below what people read. */
const SYSTEM = ['/id', '/slug', '/slugHistory'];

function groupOf({ path, class: kind }: Change): string | undefined {
  return SYSTEM.includes(path) ? 'internal' : GROUPS.find(({ classes }) => classes.includes(kind))?.key;
}

export type ChangeTableProps = {
  changes: readonly Change[];
  references: References;
  /** Documents to find the names of channels and sources in. */
  docs: readonly unknown[];
  onlyNew?: boolean;
  /** What stands beside a change: its evidence. */
  beside?: (change: Change) => ReactNode;
  /** What stands below a change: warnings and comments. */
  below?: (change: Change) => ReactNode;
  /** Buttons in the head of a change. */
  actions?: (change: Change) => ReactNode;
};

/** All differences, contact values first, in groups a person can take in. */
export function ChangeTable({ changes, ...rest }: ChangeTableProps) {
  const { t } = useWords();
  return (
    <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {GROUPS.map(({ key }) => {
        const mine = changes.filter((change) => groupOf(change) === key);
        if (mine.length === 0) return null;
        return (
          <Box key={key} component="section" aria-labelledby={`changes-${key}`}>
            <Typography id={`changes-${key}`} variant="h2" sx={{ mb: 1 }}>
              {t(`proposals.group.${key}`)}
            </Typography>
            <Paper variant="outlined">
              {mine.map((change, i) => (
                <Box key={change.path} sx={i === 0 ? undefined : { borderTop: 1, borderColor: 'divider' }}>
                  <ChangeRow change={change} {...rest} />
                </Box>
              ))}
            </Paper>
          </Box>
        );
      })}
    </Box>
  );
}

/** The same order without the groups, for where many proposals stand below each other. */
export function inOrder(changes: readonly Change[]): { first: Change[]; others: Change[] } {
  const inGroup = (keys: readonly string[]) =>
    GROUPS.filter(({ key }) => keys.includes(key)).flatMap(({ key }) =>
      changes.filter((each) => groupOf(each) === key),
    );
  return { first: inGroup(['contact', 'leaving']), others: inGroup(['reliedOn', 'words', 'evidence', 'internal']) };
}

/** One difference with its name, old beside new. */
export function ChangeRow({
  change,
  references,
  docs,
  onlyNew,
  beside,
  below,
  actions,
}: Omit<ChangeTableProps, 'changes'> & { change: Change }) {
  const words = useWords();
  const aside = beside?.(change);
  return (
    <Box component="article" aria-label={fieldLabel(change.path, words, docs)} sx={{ p: { xs: 1.5, sm: 2 } }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 1 }}>
        <Typography variant="h3" sx={{ overflowWrap: 'anywhere' }}>
          {fieldLabel(change.path, words, docs)}
        </Typography>
        {!onlyNew && <OpChip op={change.op} />}
        <Box sx={{ marginInlineStart: 'auto' }}>{actions?.(change)}</Box>
      </Box>
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', md: aside ? 'minmax(0, 2.4fr) minmax(0, 1fr)' : 'minmax(0,1fr)' },
        }}
      >
        {change.class === 'evidence' ? (
          <EvidenceChange change={change} />
        ) : change.op === 'reordered' ? (
          <Reordered />
        ) : (
          <OldNew change={change} references={references} onlyNew={onlyNew ?? false} />
        )}
        {aside}
      </Box>
      {below?.(change)}
    </Box>
  );
}

/** Evidence is shown as the source it is, with a link to open, not as a list of its members. */
function EvidenceChange({ change }: { change: Change }) {
  const { t } = useWords();
  // A source as the schema has it; a draft's may lack members, which the item allows for.
  const after = isTree(change.after) ? (change.after as unknown as Evidence) : undefined;
  const before = isTree(change.before) ? (change.before as unknown as Evidence) : undefined;
  const shown = after ?? before;
  if (!shown) return null;
  return (
    <Box sx={after ? undefined : { textDecoration: 'line-through' }}>
      <EvidenceItem evidence={shown} />
      {before && after && (
        <Typography variant="body2" color="text.secondary" sx={{ mt: 0.5 }}>
          {before.url === after.url
            ? t('proposals.evidence.lookedAtAgain')
            : t('proposals.evidence.otherAddress', { url: before.url ?? '–' })}
        </Typography>
      )}
    </Box>
  );
}

function Reordered() {
  const { t } = useWords();
  return <Typography variant="body2">{t('proposals.change.reordered')}</Typography>;
}

const OPS = { added: Add, removed: Remove, changed: EditOutlined, reordered: SwapVert } as const;

function OpChip({ op }: { op: Change['op'] }) {
  const { t } = useWords();
  const Icon = OPS[op];
  return <Chip size="small" variant="outlined" icon={<Icon aria-hidden />} label={t(`vocabulary.op.${op}`)} />;
}
