import { lazy } from 'react';

export default {
  list: lazy(() => import('./OrganisationList.tsx')),
  show: lazy(() => import('./OrganisationShow.tsx')),
  create: lazy(() => import('./OrganisationCreate.tsx')),
  edit: lazy(() => import('./OrganisationEdit.tsx')),
};
