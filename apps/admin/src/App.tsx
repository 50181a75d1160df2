import { lazy, useMemo, useSyncExternalStore, type ComponentType } from 'react';
import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { QueryClient } from '@tanstack/react-query';
import type { I18nProvider, Store } from 'ra-core';
import { Admin, CustomRoutes, Resource } from 'react-admin';
import { Route } from 'react-router-dom';
import { isApiError } from './api.ts';
import { authProvider } from './authProvider.ts';
import countries from './countries/index.ts';
import { dataProvider } from './dataProvider.ts';
import entries from './entries/index.ts';
import { directionOf, type LocaleWatch } from './i18n/provider.ts';
import { AccessDenied } from './layout/AccessDenied.tsx';
import { Layout } from './layout/Layout.tsx';
import { LoadingWindow } from './layout/Loading.tsx';
import { NotFound } from './layout/NotFound.tsx';
import { Notice } from './layout/Notice.tsx';
import { rtlPlugin, type StyleElement } from './layout/rtl.ts';
import organisations from './organisations/index.ts';
import proposals from './proposals/index.ts';
import { Queue } from './queue/Queue.tsx';
import { SignIn } from './session/SignIn.tsx';
import { themesFor } from './theme.ts';

/** Pages beyond the start page come when they are opened. */
function page<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return lazy(() => load().then((module) => ({ default: module[name] })));
}
const Snapshots = page(() => import('./snapshots/SnapshotList.tsx'), 'SnapshotList');
const Snapshot = page(() => import('./snapshots/SnapshotShow.tsx'), 'SnapshotShow');
const Urgent = page(() => import('./urgent/UrgentPage.tsx'), 'UrgentPage');
const SnapshotSign = page(() => import('./signing/ReviewPage.tsx'), 'ReviewPage');
const SnapshotCompare = page(() => import('./snapshots/SnapshotCompare.tsx'), 'SnapshotCompare');
const Audit = page(() => import('./audit/AuditList.tsx'), 'AuditList');
const Batches = page(() => import('./batches/BatchList.tsx'), 'BatchList');
const Batch = page(() => import('./batches/BatchPage.tsx'), 'BatchPage');
const Consumers = page(() => import('./consumers/ConsumerList.tsx'), 'ConsumerList');
const ConsumerCreate = page(() => import('./consumers/ConsumerCreate.tsx'), 'ConsumerCreate');
const ConsumerShow = page(() => import('./consumers/ConsumerShow.tsx'), 'ConsumerShow');
const Corrections = page(() => import('./corrections/CorrectionList.tsx'), 'CorrectionList');
const Imports = page(() => import('./imports/ImportList.tsx'), 'ImportList');
const Import = page(() => import('./imports/ImportShow.tsx'), 'ImportShow');
const AuditProof = page(() => import('./audit/AuditProof.tsx'), 'AuditProof');
const Users = page(() => import('./users/UserList.tsx'), 'UserList');
const UserCreate = page(() => import('./users/UserCreate.tsx'), 'UserCreate');
const User = page(() => import('./users/UserShow.tsx'), 'UserShow');
const AdminRequests = page(() => import('./users/AdminRequestList.tsx'), 'AdminRequestList');
const Settings = page(() => import('./settings/PolicyPage.tsx'), 'PolicyPage');
const Outreach = page(() => import('./outreach/OutreachList.tsx'), 'OutreachList');
const Account = page(() => import('./session/Account.tsx'), 'Account');
const SigningKeys = page(() => import('./signing/KeysPage.tsx'), 'KeysPage');
const SetUp = page(() => import('./session/SetUp.tsx'), 'SetUp');
const DueList = page(() => import('./due/DueList.tsx'), 'DueList');
const Duplicates = page(() => import('./duplicates/DuplicateList.tsx'), 'DuplicateList');
const Merge = page(() => import('./duplicates/MergePage.tsx'), 'MergePage');
const CheckPage = page(() => import('./checks/CheckPage.tsx'), 'CheckPage');
const AlarmList = page(() => import('./alarms/AlarmList.tsx'), 'AlarmList');
const Coverage = page(() => import('./coverage/CoveragePage.tsx'), 'CoveragePage');
const RoutingPreview = page(() => import('./coverage/RoutingPreview.tsx'), 'RoutingPreview');
const Dashboard = page(() => import('./dashboard/DashboardPage.tsx'), 'DashboardPage');
const LinkPage = page(() => import('./session/LinkPage.tsx'), 'LinkPage');

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What the server refused it would refuse again; only a missing answer is worth asking for twice.
      retry: (failures, error) => failures < 2 && !(isApiError(error) && error.status !== 0),
      staleTime: 5_000,
    },
  },
});

/** Table of contents of the admin. */
export function App({
  i18nProvider,
  locale,
  store,
}: {
  i18nProvider: I18nProvider;
  locale: LocaleWatch;
  store: Store;
}) {
  const direction = directionOf(useSyncExternalStore(locale.subscribe, locale.get));
  const { cache, themes } = useMemo(
    () => ({ cache: styleCache(direction), themes: themesFor(direction) }),
    [direction],
  );
  return (
    <CacheProvider value={cache}>
      <Admin
        title="Waymark"
        accessDenied={AccessDenied}
        authProvider={authProvider}
        catchAll={NotFound}
        dashboard={Queue}
        dataProvider={dataProvider}
        darkTheme={themes.dark}
        disableTelemetry
        i18nProvider={i18nProvider}
        layout={Layout}
        lightTheme={themes.light}
        loading={LoadingWindow}
        loginPage={SignIn}
        notification={Notice}
        queryClient={queryClient}
        requireAuth
        store={store}
      >
        <Resource name="entries" {...entries} />
        <Resource name="organisations" {...organisations} />
        <Resource name="countries" {...countries} />
        <Resource name="proposals" {...proposals} />
        <CustomRoutes>
          <Route path="/due" element={<DueList />} />
          <Route path="/due/:id" element={<CheckPage />} />
          <Route path="/alarms" element={<AlarmList />} />
          <Route path="/duplicates" element={<Duplicates />} />
          <Route path="/duplicates/merge" element={<Merge />} />
          <Route path="/coverage" element={<Coverage />} />
          <Route path="/coverage/routing" element={<RoutingPreview />} />
          <Route path="/dashboard" element={<Dashboard />} />
          <Route path="/snapshots" element={<Snapshots />} />
          <Route path="/snapshots/compare" element={<SnapshotCompare />} />
          <Route path="/snapshots/:sequence/show" element={<Snapshot />} />
          <Route path="/snapshots/:sequence/sign" element={<SnapshotSign />} />
          <Route path="/urgent" element={<Urgent />} />
          <Route path="/audit" element={<Audit />} />
          <Route path="/audit/:seq" element={<AuditProof />} />
          <Route path="/batches" element={<Batches />} />
          <Route path="/batches/:id" element={<Batch />} />
          <Route path="/consumers" element={<Consumers />} />
          <Route path="/consumers/create" element={<ConsumerCreate />} />
          <Route path="/consumers/:id" element={<ConsumerShow />} />
          <Route path="/corrections" element={<Corrections />} />
          <Route path="/imports" element={<Imports />} />
          <Route path="/imports/:id" element={<Import />} />
          <Route path="/users" element={<Users />} />
          <Route path="/users/create" element={<UserCreate />} />
          <Route path="/users/:id" element={<User />} />
          <Route path="/admin-requests" element={<AdminRequests />} />
          <Route path="/settings" element={<Settings />} />
          <Route path="/outreach" element={<Outreach />} />
          <Route path="/account" element={<Account />} />
          <Route path="/account/keys" element={<SigningKeys />} />
        </CustomRoutes>
        <CustomRoutes noLayout>
          <Route path="/setup" element={<SetUp />} />
          <Route path="/links/:token" element={<LinkPage />} />
        </CustomRoutes>
      </Admin>
    </CacheProvider>
  );
}

/** Styles of one writing direction. Emotion types its plugins by stylis' own element, of which ours reads a part. */
function styleCache(direction: 'ltr' | 'rtl') {
  return direction === 'rtl'
    ? createCache({ key: 'wm-rtl', stylisPlugins: [(element) => rtlPlugin(element as StyleElement)] })
    : createCache({ key: 'wm' });
}
