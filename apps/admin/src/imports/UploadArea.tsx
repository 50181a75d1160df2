import { useRef, useState, type DragEvent } from 'react';
import { Alert, Box, Button, CircularProgress, Typography } from '@mui/material';
import UploadFile from '@mui/icons-material/UploadFileOutlined';
import ContentPaste from '@mui/icons-material/ContentPasteOutlined';
import { useNavigate } from 'react-router-dom';
import { api, type ProblemBody } from '../api.ts';
import { ProblemNote } from '../common/ErrorState.tsx';
import { formatWhen } from '../common/When.tsx';
import { modKey, useShortcut } from '../common/useShortcut.ts';
import { useVerb } from '../common/useVerb.ts';
import { useWords } from '../records/words.ts';
import type { ImportView } from './contract.ts';
import { pastedTable } from './pastedTable.ts';
import { Unreadable } from './Unreadable.tsx';
import { usePaste } from './useImports.ts';

/** SECURITY I-07; the server refuses more. */
const MOST_BYTES = 5_000_000;
const ABOUT_THE_FILE: readonly string[] = ['file-too-large', 'file-not-taken', 'file-unreadable'];
const ACCEPT = '.csv,.tsv,.txt,.xlsx,.json,.ndjson,.jsonl,.html,.htm,.zip';

/** Where a file comes in: dropped, chosen, or a table pasted from a spreadsheet. */
export function UploadArea() {
  const { t, locale } = useWords();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [hint, setHint] = useState<string>();
  const upload = useVerb(
    ({ name, bytes }: { name: string; bytes: Blob }) =>
      api.upload<ImportView>('/imports', bytes, { query: { name }, idempotencyKey: crypto.randomUUID() }),
    { refresh: ['imports'], onDone: ({ id }) => void navigate(`/imports/${id}`) },
  );
  const send = (name: string, bytes: Blob) => {
    setHint(undefined);
    if (bytes.size === 0) setHint(t('imports.upload.empty'));
    else if (bytes.size > MOST_BYTES) setHint(t('imports.upload.tooLarge'));
    else void upload.run({ name, bytes });
  };
  const take = (data: DataTransfer) => {
    const [file, ...more] = data.files;
    if (more.length > 0) return setHint(t('imports.upload.one'));
    if (file) return send(file.name, file);
    const table = pastedTable({ html: data.getData('text/html'), text: data.getData('text/plain') });
    if (!table) return setHint(t('imports.upload.noTable'));
    const now = formatWhen(new Date().toISOString(), 'datetime', locale);
    send(`${t('imports.upload.pastedName', { when: now })}.${table.extension}`, table.bytes);
  };
  usePaste(take, !upload.busy);
  const choose = () => input.current?.click();
  useShortcut('u', 'imports.keys.upload', choose, { group: 'imports.keys.group', enabled: !upload.busy });
  const drag = (over: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(over);
  };
  return (
    <Box
      component="section"
      aria-label={t('imports.upload.title')}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        if (!upload.busy) take(event.dataTransfer);
      }}
      sx={{
        display: 'grid',
        justifyItems: 'center',
        textAlign: 'center',
        gap: 1.5,
        px: 2,
        py: { xs: 3, md: 5 },
        borderRadius: 2,
        border: '2px dashed',
        borderColor: isOver ? 'primary.main' : 'text.disabled',
        bgcolor: isOver ? 'action.selected' : 'background.paper',
      }}
    >
      <UploadFile aria-hidden sx={{ fontSize: 44, color: 'primary.main' }} />
      <Typography variant="h2" component="h2">
        {t('imports.upload.title')}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center', justifyContent: 'center' }}>
        <Button
          variant="contained"
          size="large"
          aria-busy={upload.busy}
          disabled={upload.busy}
          startIcon={upload.busy ? <CircularProgress size={18} color="inherit" aria-hidden /> : undefined}
          onClick={choose}
        >
          {t(upload.busy ? 'imports.upload.sending' : 'imports.upload.choose')}
          <Box component="kbd" aria-hidden sx={{ marginInlineStart: 1, display: { xs: 'none', md: 'inline-block' } }}>
            U
          </Box>
        </Button>
        <Typography
          color="text.secondary"
          sx={{ display: { xs: 'none', md: 'inline-flex' }, alignItems: 'center', gap: 0.75 }}
        >
          <ContentPaste aria-hidden fontSize="small" />
          <span>
            {t('imports.upload.paste')} <kbd>{modKey()} V</kbd>
          </span>
        </Typography>
      </Box>
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPT}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // Emptied, so that the same file can be chosen again after it was mended.
          target.value = '';
          if (file) send(file.name, file);
        }}
      />
      <Typography variant="body2" color="text.secondary" sx={{ maxWidth: '62ch' }}>
        {t('imports.upload.formats')}
      </Typography>
      <Typography variant="body2" color="text.secondary" sx={{ maxWidth: '62ch' }}>
        {t('imports.upload.limits')}
      </Typography>
      <Box role="status" sx={{ '&:empty': { display: 'none' } }}>
        {hint !== undefined && <Alert severity="warning">{hint}</Alert>}
      </Box>
      <WhyNot problem={upload.problem} />
    </Box>
  );
}

/** What is wrong with a file, or with sending it. */
function WhyNot({ problem }: { problem: ProblemBody | null }) {
  if (problem === null) return null;
  const { code, detail, problems } = problem;
  if (!ABOUT_THE_FILE.includes(code)) return <ProblemNote problem={problem} />;
  return <Unreadable code={code} {...(detail !== undefined && { detail })} {...(problems && { errors: problems })} />;
}
