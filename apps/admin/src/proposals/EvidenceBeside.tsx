import { Box, Typography } from '@mui/material';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { evidenceFor, isTree, type Change, type Evidence } from '@waymark/domain';
import type { ProposalView } from '../contract.ts';
import { EvidenceItem } from '../records/EvidenceItem.tsx';
import { useWords } from '../records/words.ts';
import { freshEvidence } from '../records/form/newEvidence.ts';

const NEEDED = ['contact-value', 'reach', 'hours', 'anonymity', 'serves', 'accepts', 'ages', 'status', 'coverage'];

const evidenceIn = (doc: unknown): Evidence[] => (doc as { evidence?: Evidence[] } | null)?.evidence ?? [];

/** "Not known" is no claim, so nobody needs to say so. */
function isUnknown(value: unknown): boolean {
  if (value === 'unknown') return true;
  return isTree(value) && Object.keys(value).length === 1 && Object.values(value)[0] === 'unknown';
}

/** The sources of a value, beside it: new ones first; said plainly when they are older than the value, or missing. */
export function EvidenceBeside({ change, view, about }: { change: Change; view: ProposalView; about: string }) {
  const { t } = useWords();
  if (change.class === 'evidence' || change.class === 'internal' || change.class === 'format') return null;
  const all = evidenceFor(evidenceIn(view.doc), change.path);
  const fresh = freshEvidence(all, evidenceIn(view.base), change.path);
  const isNeeded = NEEDED.includes(change.class) && change.after !== undefined && !isUnknown(change.after);
  const isOld = isNeeded && view.kind === 'update' && all.length > 0 && fresh.length === 0;
  if (all.length === 0 && !isNeeded) return null;
  const shown = [...fresh, ...all.filter((e) => !fresh.includes(e))];
  return (
    <Box
      component="section"
      aria-label={`${t('fields.evidence')}: ${about}`}
      sx={{
        borderInlineStart: { md: '1px solid' },
        borderColor: { md: 'divider' },
        paddingInlineStart: { md: 2 },
        minWidth: 0,
      }}
    >
      <Typography variant="body2" color="text.secondary" sx={{ fontWeight: 650, mb: 0.5 }}>
        {t('proposals.evidence.title')}
      </Typography>
      {(isOld || all.length === 0) && (
        <Typography
          variant="body2"
          sx={{ display: 'flex', gap: 0.75, color: 'warning.main', fontWeight: 600, mb: 0.75 }}
        >
          <WarningAmber aria-hidden fontSize="small" />
          <span>{t(isOld ? 'vocabulary.warning.old-evidence' : 'vocabulary.warning.no-evidence')}</span>
        </Typography>
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25 }}>
        {shown.slice(0, 4).map((e) => (
          <li key={e.id}>
            <EvidenceItem evidence={e} isNew={fresh.includes(e) && view.base !== null} />
          </li>
        ))}
      </Box>
      {shown.length > 4 && (
        <Typography variant="body2">{t('common.action.showMore', { smart_count: shown.length - 4 })}</Typography>
      )}
    </Box>
  );
}
