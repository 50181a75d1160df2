import { lazy } from 'react';

export default {
  list: lazy(() => import('./CountryList.tsx')),
  show: lazy(() => import('./CountryShow.tsx')),
  create: lazy(() => import('./CountryCreate.tsx')),
  edit: lazy(() => import('./CountryEdit.tsx')),
};
