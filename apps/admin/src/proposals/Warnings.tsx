import { Alert, AlertTitle, Box } from '@mui/material';
import type { ProposalView } from '../contract.ts';
import { fieldLabel } from '../records/fieldLabel.ts';
import { useWords } from '../records/words.ts';

/** What needs a second look, above everything else. */
export function WarningSummary({ view }: { view: ProposalView }) {
  const words = useWords();
  const { t } = words;
  const isOpen = !['applied', 'declined', 'withdrawn'].includes(view.state);
  const docs = [view.doc, view.base];
  return (
    <>
      {view.warnings.length > 0 && (
        <Alert severity="warning" sx={{ mb: 2 }}>
          <AlertTitle>{t('proposals.warnings', { smart_count: view.warnings.length })}</AlertTitle>
          <Box component="ul" sx={{ m: 0, paddingInlineStart: 2.5 }}>
            {view.warnings.map(({ path, code, message }) => (
              <li key={path + code}>
                <strong>{fieldLabel(path, words, docs)}</strong>: {t(`vocabulary.warning.${code}`, { _: message })}{' '}
                <WarningDetail code={code} message={message} />
              </li>
            ))}
          </Box>
        </Alert>
      )}
      {isOpen && view.problems.length > 0 && (
        <Alert severity="error" sx={{ mb: 2 }}>
          <AlertTitle>{t('proposals.problems', { smart_count: view.problems.length })}</AlertTitle>
          <Box component="ul" sx={{ m: 0, paddingInlineStart: 2.5 }}>
            {view.problems.slice(0, 10).map(({ path, message }) => (
              <li key={path + message}>
                <strong>{fieldLabel(path, words, docs)}</strong>: {message}
              </li>
            ))}
          </Box>
        </Alert>
      )}
      {isOpen && view.unsupportedPaths.length > 0 && (
        <Alert severity="error" sx={{ mb: 2 }}>
          <AlertTitle>{t('proposals.unsupported')}</AlertTitle>
          {view.unsupportedPaths.map((path) => fieldLabel(path, words, docs)).join(', ')}
        </Alert>
      )}
    </>
  );
}

/** The host or number the server means; its own words are English, the name in them is what counts. */
function WarningDetail({ code, message }: { code: string; message: string }) {
  const host = code.includes('host') ? /[a-z0-9.-]+\.[a-z0-9-]{2,}/i.exec(message)?.[0] : undefined;
  return host === undefined ? null : (
    <Box component="code" dir="ltr">
      {host}
    </Box>
  );
}

/** The same beside the value it is about. */
export function FieldWarnings({ view, path }: { view: ProposalView; path: string }) {
  const { t } = useWords();
  const mine = view.warnings.filter((warning) => warning.path === path || warning.path.startsWith(`${path}/`));
  const isUnsupported = view.unsupportedPaths.includes(path);
  if (mine.length === 0 && !isUnsupported) return null;
  return (
    <Box sx={{ display: 'grid', gap: 0.75, mt: 1 }}>
      {mine.map(({ code, message }) => (
        <Alert key={code} severity="warning" sx={{ py: 0 }}>
          {t(`vocabulary.warning.${code}`, { _: message })} <WarningDetail code={code} message={message} />
        </Alert>
      ))}
      {isUnsupported && (
        <Alert severity="error" sx={{ py: 0 }}>
          {t('vocabulary.warning.no-primary-evidence')}
        </Alert>
      )}
    </Box>
  );
}
