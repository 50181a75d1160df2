import { Button } from '@mui/material';
import { useTranslate } from 'ra-core';
import { Link } from 'react-router-dom';
import { EmptyState } from '../common/EmptyState.tsx';
import { Page } from '../common/Page.tsx';

/** An address without a page. */
export function NotFound() {
  const translate = useTranslate();
  return (
    <Page title={translate('shell.notFound.title')}>
      <EmptyState
        art="fork"
        title={translate('shell.notFound.heading')}
        action={
          <Button component={Link} to="/" variant="contained">
            {translate('shell.menu.queue')}
          </Button>
        }
      >
        {translate('shell.notFound.text')}
      </EmptyState>
    </Page>
  );
}
