import { lazy } from 'react';

export default {
  list: lazy(() => import('./ProposalList.tsx')),
  show: lazy(() => import('./ProposalShow.tsx')),
  edit: lazy(() => import('./ProposalEdit.tsx')),
};
