import { lazy } from 'react';

export default {
  list: lazy(() => import('./EntryList.tsx')),
  show: lazy(() => import('./EntryShow.tsx')),
  create: lazy(() => import('./EntryCreate.tsx')),
  edit: lazy(() => import('./EntryEdit.tsx')),
};
