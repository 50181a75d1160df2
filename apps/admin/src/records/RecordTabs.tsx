import { type ReactNode } from 'react';
import { Box, Tab, Tabs } from '@mui/material';
import { useTranslate } from 'ra-core';
import { useSearchParams } from 'react-router-dom';

export type RecordTab = { key: string; label: string; content: ReactNode };

/** Tabs of a record's page; the address remembers which is open. Only the open one is asked for. */
export function RecordTabs({ tabs }: { tabs: readonly RecordTab[] }) {
  const t = useTranslate();
  const [params, setParams] = useSearchParams();
  const open = tabs.find(({ key }) => key === params.get('tab')) ?? tabs[0];
  if (!open) return null;
  return (
    <Box sx={{ mt: 3 }}>
      <Tabs
        value={open.key}
        onChange={(_, key: string) =>
          setParams(
            (old) => {
              const next = new URLSearchParams(old);
              next.set('tab', key);
              return next;
            },
            { replace: true, preventScrollReset: true },
          )
        }
        variant="scrollable"
        scrollButtons="auto"
        allowScrollButtonsMobile
        aria-label={t('records.tabs')}
        sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}
      >
        {tabs.map(({ key, label }) => (
          <Tab key={key} value={key} label={label} id={`tab-${key}`} aria-controls={`panel-${key}`} />
        ))}
      </Tabs>
      <Box role="tabpanel" id={`panel-${open.key}`} aria-labelledby={`tab-${open.key}`}>
        {open.content}
      </Box>
    </Box>
  );
}
