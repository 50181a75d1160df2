import { useState } from 'react';
import { Button, type ButtonProps } from '@mui/material';
import Check from '@mui/icons-material/Check';
import ContentCopy from '@mui/icons-material/ContentCopyOutlined';
import { useNotify, useTranslate } from 'ra-core';

/** Copies a text and says that it did. */
export function CopyButton({
  text,
  label,
  ...rest
}: { text: string; label?: string } & Omit<ButtonProps, 'onClick' | 'children'>) {
  const translate = useTranslate();
  const notify = useNotify();
  const [isDone, setDone] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setDone(true);
      setTimeout(() => setDone(false), 2500);
    } catch {
      notify('common.action.copyFailed', { type: 'warning' });
    }
  };
  return (
    <Button size="small" startIcon={isDone ? <Check /> : <ContentCopy />} {...rest} onClick={() => void copy()}>
      <span aria-live="polite">
        {isDone ? translate('common.action.copied') : (label ?? translate('common.action.copy'))}
      </span>
    </Button>
  );
}
