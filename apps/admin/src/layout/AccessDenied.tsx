import { Button } from '@mui/material';
import { useTranslate } from 'ra-core';
import { Link } from 'react-router-dom';
import { EmptyState } from '../common/EmptyState.tsx';
import { Page } from '../common/Page.tsx';

/** A page that is there, but not for this role. */
export function AccessDenied() {
  const translate = useTranslate();
  return (
    <Page title={translate('shell.denied.title')}>
      <EmptyState
        art="fog"
        title={translate('shell.denied.heading')}
        action={
          <Button component={Link} to="/" variant="contained">
            {translate('shell.menu.queue')}
          </Button>
        }
      >
        {translate('shell.denied.text')}
      </EmptyState>
    </Page>
  );
}
