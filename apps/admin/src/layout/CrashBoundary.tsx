import { Component, type ReactNode } from 'react';
import { Box, Button } from '@mui/material';
import { useTranslate } from 'ra-core';
import { EmptyState } from '../common/EmptyState.tsx';

type Props = { place: string; children: ReactNode };
type State = { error: Error | null; place: string };

/** Keeps a broken screen from taking the menu with it; another page clears it. */
export class CrashBoundary extends Component<Props, State> {
  override state: State = { error: null, place: this.props.place };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.place === state.place ? null : { error: null, place: props.place };
  }

  override render() {
    return this.state.error ? <Crash error={this.state.error} /> : this.props.children;
  }
}

export function Crash({ error }: { error: Error }) {
  const translate = useTranslate();
  return (
    <Box role="alert">
      <EmptyState
        art="fog"
        title={translate('common.error.crash')}
        action={
          <Button variant="contained" onClick={() => window.location.reload()}>
            {translate('common.action.reload')}
          </Button>
        }
      >
        {translate('common.error.crashText')}
        <Box component="details" sx={{ mt: 2, textAlign: 'start' }}>
          <summary>{translate('common.error.details')}</summary>
          <Box
            component="pre"
            dir="ltr"
            sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', fontSize: '0.8125rem' }}
          >
            {error.message}
          </Box>
        </Box>
      </EmptyState>
    </Box>
  );
}
