import { useState, type DragEvent } from 'react';
import { Box, Button, Typography } from '@mui/material';
import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import ErrorOutline from '@mui/icons-material/ErrorOutline';
import Upload from '@mui/icons-material/FileUploadOutlined';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslate } from 'ra-core';
import { api, problemOf } from '../api.ts';
import { useProblemText } from '../common/ErrorState.tsx';
import { readSignatureFile } from './readSignatureFile.ts';

type Outcome = { name: string; isKept: boolean; text: string };

type UploadProps = {
  /** Where they are brought. */
  path: string;
  /** Of what is to be signed. */
  digest: string;
  /** First part of the keys of what is looked at again. */
  refresh: string;
};

/** Takes signature files, chosen or dropped, one after the other, and says of each what became of it. */
export function UploadSignatures({ path, digest, refresh }: UploadProps) {
  const translate = useTranslate();
  const queries = useQueryClient();
  const say = useProblemText();
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [busy, setBusy] = useState(false);
  const [isOver, setIsOver] = useState(false);

  const bring = async (file: File): Promise<Outcome> => {
    const { name } = file;
    // A signature is some hundred bytes; whatever is longer is something else.
    const read = readSignatureFile(await file.slice(0, 65_536).text(), digest);
    if ('fault' in read) {
      return { name, isKept: false, text: `${translate(`signing.upload.${read.fault}`)} ${read.detail}`.trim() };
    }
    try {
      await api.post(path, read);
      return { name, isKept: true, text: translate('signing.upload.kept') };
    } catch (error) {
      return { name, isKept: false, text: say(problemOf(error)) };
    }
  };
  const bringAll = async (files: readonly File[]) => {
    if (busy || files.length === 0) return;
    setBusy(true);
    const done: Outcome[] = [];
    for (const file of files) done.push(await bring(file));
    setOutcomes(done);
    setBusy(false);
    await queries.invalidateQueries({ queryKey: [refresh] });
    void queries.invalidateQueries({ queryKey: ['queue'] });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void bringAll([...event.dataTransfer.files]);
  };
  return (
    <div>
      <Box
        onDragOver={(event: DragEvent) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          gap: 1.5,
          p: 1.5,
          border: '1px dashed',
          borderColor: isOver ? 'primary.main' : 'divider',
          borderRadius: 1,
          bgcolor: isOver ? 'action.selected' : 'transparent',
        }}
      >
        <Button
          component="label"
          role={undefined}
          tabIndex={-1}
          startIcon={<Upload />}
          variant="outlined"
          aria-busy={busy || undefined}
          sx={{ '&:focus-within': { outline: '3px solid var(--wm-focus)', outlineOffset: 2 } }}
        >
          {translate('signing.upload.choose')}
          <input
            className="visually-hidden"
            type="file"
            multiple
            accept=".json,application/json"
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              // The same file may be chosen again after it was mended.
              event.target.value = '';
              void bringAll(files);
            }}
          />
        </Button>
        <Typography variant="body2" color="text.secondary" sx={{ flex: '1 1 240px' }}>
          {translate('signing.upload.drop')}
        </Typography>
      </Box>
      <Box role="status">
        <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {outcomes.map(({ name, isKept, text }) => (
            <Box key={name} component="li" sx={{ mt: 1, display: 'flex', gap: 1, typography: 'body2' }}>
              {isKept ? (
                <CheckCircle aria-hidden color="success" fontSize="small" />
              ) : (
                <ErrorOutline aria-hidden color="error" fontSize="small" />
              )}
              <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                <Box component="bdi" sx={{ fontWeight: 650 }}>
                  {name}
                </Box>{' '}
                <span dir="auto">{text}</span>
              </Box>
            </Box>
          ))}
        </Box>
      </Box>
    </div>
  );
}
