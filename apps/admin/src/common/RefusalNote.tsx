import { useId, type ReactNode } from 'react';
import { Box, Button, CircularProgress, type ButtonProps } from '@mui/material';
import BlockOutlined from '@mui/icons-material/BlockOutlined';
import { useTranslate } from 'ra-core';
import type { Refusal } from '@waymark/domain';

/** Says why something is refused, in the reader's language; the detail comes from the rule itself. */
export function useRefusalText(): (refusal: Pick<Refusal, 'code' | 'detail'>) => string {
  const translate = useTranslate();
  return (refusal) => {
    const title = translate(`refusals.${refusal.code}`, { _: refusal.code });
    return refusal.detail ? `${title}. ${refusal.detail}` : title;
  };
}

/** The reason itself, as it stands beside a disabled button. */
export function RefusalNote({ refusal, id }: { refusal: Pick<Refusal, 'code' | 'detail'>; id?: string }) {
  const text = useRefusalText();
  const { code, detail } = refusal;
  return (
    <Box
      component="span"
      id={id}
      sx={{
        display: 'inline-flex',
        alignItems: 'flex-start',
        gap: 0.75,
        typography: 'body2',
        color: 'text.secondary',
        maxWidth: '44ch',
      }}
    >
      <BlockOutlined aria-hidden sx={{ fontSize: 16, mt: '3px', flex: 'none' }} />
      <span>
        {text({ code })}
        {detail !== undefined && (
          // The detail comes from the rule, in English, and must not mix with a text that runs the other way.
          <>
            . <bdi lang="en">{detail}</bdi>
          </>
        )}
      </span>
    </Box>
  );
}

export type ActionButtonProps = Omit<ButtonProps, 'disabled'> & {
  /** Why the button cannot be used now; null or undefined when it can. */
  refusal?: Pick<Refusal, 'code' | 'detail'> | null | undefined;
  /** Waiting for the server. */
  busy?: boolean;
  /** Shown after the label, e.g. a key. */
  hint?: ReactNode;
};

/**
 * A button that says why it is disabled. It stays in the tab order (`aria-disabled`), so that the reason
 * is found by keyboard and read out by screen readers.
 */
export function ActionButton({ refusal, busy = false, hint, children, onClick, sx, type, ...rest }: ActionButtonProps) {
  const noteId = useId();
  const refused = refusal !== null && refusal !== undefined;
  const off = refused || busy;
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.25, rowGap: 0.5 }}
    >
      <Button
        variant="contained"
        {...rest}
        // A refused button must not submit its form either.
        type={off ? 'button' : (type ?? 'button')}
        aria-disabled={off || undefined}
        aria-busy={busy || undefined}
        aria-describedby={refused ? noteId : rest['aria-describedby']}
        onClick={off ? (event) => event.preventDefault() : onClick}
        startIcon={busy ? <CircularProgress size={16} color="inherit" aria-hidden /> : rest.startIcon}
        sx={[
          { '&[aria-disabled=true]': { opacity: refused ? 0.55 : 0.8, cursor: 'default', boxShadow: 'none' } },
          ...(Array.isArray(sx) ? sx : [sx]),
        ]}
      >
        {children}
        {hint}
      </Button>
      {refused && <RefusalNote refusal={refusal} id={noteId} />}
    </Box>
  );
}
