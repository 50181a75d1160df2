import { lazy } from 'react';

export default {
  list: lazy(() => import('./ProposalList.tsx')),
  show: lazy(() => import('./ProposalShow.tsx')),
  /** Merging two entries; every other proposal begins at its record. */
  create: lazy(() => import('./MergePage.tsx')),
  edit: lazy(() => import('./ProposalEdit.tsx')),
};
