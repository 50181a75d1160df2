import { createContext, use, useState, type ReactNode } from 'react';
import { Box, IconButton, Popover, Skeleton, Tooltip, Typography } from '@mui/material';
import FactCheckOutlined from '@mui/icons-material/FactCheckOutlined';
import HelpOutline from '@mui/icons-material/HelpOutline';
import { evidenceFor, type Evidence } from '@waymark/domain';
import { When } from '../common/When.tsx';
import type { RecordResource } from '../contract.ts';
import { EvidenceItem } from './EvidenceItem.tsx';
import { fieldLabel } from './fieldLabel.ts';
import { useWords } from './words.ts';
import { useSince } from './useSince.ts';

export type SourceContext = {
  resource: RecordResource;
  id: string;
  revision: number;
  doc: { evidence: readonly Evidence[] };
};

/** The record whose values are on the screen; without it no sources are offered (e.g. in a preview of a draft). */
export const RecordSources = createContext<SourceContext | undefined>(undefined);

/** A value and, one click away, who says so and since when. */
export function ValueWithSource({
  path,
  children,
  block = false,
  isWide = false,
}: {
  path: string;
  children: ReactNode;
  block?: boolean;
  /** The button at the end of the line. */ isWide?: boolean;
}) {
  const source = use(RecordSources);
  // In a box of its own also without sources, so that two values beside each other do not run together.
  if (!source) return <Box component={block ? 'div' : 'span'}>{children}</Box>;
  return (
    <Box
      component={block ? 'div' : 'span'}
      sx={{
        display: block ? 'flex' : 'inline-flex',
        alignItems: block ? 'flex-start' : 'center',
        gap: 0.5,
        minWidth: 0,
      }}
    >
      <Box component={block ? 'div' : 'span'} sx={{ minWidth: 0, flex: isWide ? 1 : undefined }}>
        {children}
      </Box>
      <SourceButton path={path} source={source} />
    </Box>
  );
}

function SourceButton({ path, source }: { path: string; source: SourceContext }) {
  const words = useWords();
  const { t } = words;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const evidence = evidenceFor(source.doc.evidence, path);
  const about = fieldLabel(path, words, [source.doc]);
  const label = t('records.evidence.who', { about });
  return (
    <>
      <Tooltip
        title={
          evidence.length === 0
            ? t('records.evidence.whoNone')
            : t('records.evidence.whoShort', { smart_count: evidence.length })
        }
      >
        <IconButton
          size="small"
          aria-label={label}
          aria-haspopup="dialog"
          aria-expanded={anchor !== null}
          onClick={(event) => setAnchor(event.currentTarget)}
          sx={{ color: 'text.secondary', p: 0.5, flex: 'none' }}
        >
          {evidence.length === 0 ? (
            <HelpOutline sx={{ fontSize: 17 }} />
          ) : (
            <FactCheckOutlined color="primary" sx={{ fontSize: 18 }} />
          )}
        </IconButton>
      </Tooltip>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
        transformOrigin={{ vertical: 'top', horizontal: 'center' }}
        slotProps={{
          paper: { role: 'dialog', 'aria-label': label, sx: { width: 440, maxWidth: 'calc(100vw - 32px)', p: 2 } },
        }}
      >
        <Typography variant="h3" component="h2" sx={{ mb: 1.25 }}>
          {about}
        </Typography>
        {evidence.length === 0 ? (
          <Typography color="text.secondary">{t('records.evidence.none')}</Typography>
        ) : (
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.5 }}>
            {evidence.map((e) => (
              <li key={e.id}>
                <EvidenceItem evidence={e} />
              </li>
            ))}
          </Box>
        )}
        <SinceText path={path} source={source} isWanted={anchor !== null} />
      </Popover>
    </>
  );
}

function SinceText({ path, source, isWanted }: { path: string; source: SourceContext; isWanted: boolean }) {
  const { t } = useWords();
  const { data, isPending } = useSince(source.resource, source.id, source.revision, path, isWanted);
  return (
    <Typography
      variant="body2"
      component="div"
      color="text.secondary"
      sx={{ mt: 1.5, pt: 1.25, borderTop: 1, borderColor: 'divider' }}
    >
      {isPending ? (
        <Skeleton width="70%" />
      ) : data ? (
        <>
          {t(data.isAtLeast ? 'records.since.atLeast' : 'records.since.exactly')} <When at={data.revision.at} />{' '}
          {t('records.since.by', {
            revision: data.revision.revision,
            author: data.revision.author.name,
            approvers: data.revision.approvers.map(({ name }) => name).join(', ') || '–',
          })}
        </>
      ) : null}
    </Typography>
  );
}
