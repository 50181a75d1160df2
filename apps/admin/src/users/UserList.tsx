import { Button, Typography } from '@mui/material';
import PersonAdd from '@mui/icons-material/PersonAddOutlined';
import { useTranslate } from 'ra-core';
import { ListBase } from 'react-admin';
import { Link } from 'react-router-dom';
import { Page } from '../common/Page.tsx';
import { RecordTable, type Column } from '../common/RecordTable.tsx';
import { When } from '../common/When.tsx';
import type { UserRow } from '../contract.ts';
import { useMay } from '../session/current.ts';
import { UserStatusChip } from './UserStatusChip.tsx';

/** The people of this instance. */
export function UserList() {
  const translate = useTranslate();
  const mayAdminister = useMay('user.administer');
  return (
    <Page
      title={translate('users.title')}
      subtitle={translate('users.subtitle')}
      actions={
        mayAdminister && (
          <Button component={Link} to="/users/create" variant="contained" startIcon={<PersonAdd />}>
            {translate('users.invite')}
          </Button>
        )
      }
    >
      <ListBase<UserRow> resource="users" sort={{ field: 'name', order: 'ASC' }} perPage={25}>
        <People />
      </ListBase>
    </Page>
  );
}

function People() {
  const translate = useTranslate();
  const columns: Column<UserRow>[] = [
    { key: 'name', label: translate('users.name'), cell: (row) => row.name, sort: 'name' },
    {
      key: 'email',
      label: translate('users.email'),
      cell: (row) => (
        <Typography component="span" variant="body2" dir="ltr" sx={{ overflowWrap: 'anywhere' }}>
          {row.email}
        </Typography>
      ),
    },
    {
      key: 'roles',
      label: translate('users.roles'),
      cell: (row) => row.roles.map((role) => translate(`common.role.${role}`)).join(', ') || '–',
    },
    { key: 'status', label: translate('users.column.status'), cell: (row) => <UserStatusChip status={row.status} /> },
    { key: 'since', label: translate('users.column.since'), cell: (row) => <When at={row.createdAt} /> },
  ];
  return (
    <RecordTable<UserRow>
      columns={columns}
      label={translate('users.title')}
      nameOf={(row) => row.name}
      hrefOf={(row) => `/users/${row.id}`}
    />
  );
}
