import { Chip } from '@mui/material';
import { useTranslate } from 'ra-core';
import type { UserStatus } from '../contract.ts';

const COLORS = { active: 'success', invited: 'warning', disabled: 'default' } as const satisfies Record<
  UserStatus,
  string
>;

export function UserStatusChip({ status }: { status: UserStatus }) {
  const translate = useTranslate();
  return <Chip size="small" variant="outlined" color={COLORS[status]} label={translate(`users.status.${status}`)} />;
}
