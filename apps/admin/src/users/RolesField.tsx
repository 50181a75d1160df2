import {
  Checkbox,
  FormControl,
  FormControlLabel,
  FormGroup,
  FormHelperText,
  FormLabel,
  Typography,
} from '@mui/material';
import { Role } from '@waymark/domain';
import { useTranslate } from 'ra-core';

/** Roles of a person, each with what it lets one do. */
export function RolesField({
  roles,
  onChange,
  error,
}: {
  roles: readonly Role[];
  onChange: (roles: Role[]) => void;
  error?: string | undefined;
}) {
  const translate = useTranslate();
  return (
    <FormControl component="fieldset" error={error !== undefined}>
      <FormLabel component="legend" sx={{ typography: 'body2', mb: 0.5 }}>
        {translate('users.roles')}
      </FormLabel>
      <FormGroup>
        {Role.options.map((role) => (
          <FormControlLabel
            key={role}
            sx={{ alignItems: 'flex-start', mb: 0.75 }}
            control={
              <Checkbox
                sx={{ py: 0.25 }}
                checked={roles.includes(role)}
                // In the order of the list, so that equal choices are equal lists.
                onChange={(event) =>
                  onChange(
                    Role.options.filter((other) => (other === role ? event.target.checked : roles.includes(other))),
                  )
                }
              />
            }
            label={
              <>
                <Typography component="span" sx={{ fontWeight: 600 }}>
                  {translate(`common.role.${role}`)}
                </Typography>
                <Typography component="span" variant="body2" color="text.secondary" sx={{ display: 'block' }}>
                  {translate(`users.may.${role}`)}
                </Typography>
              </>
            }
          />
        ))}
      </FormGroup>
      {error !== undefined && <FormHelperText>{error}</FormHelperText>}
    </FormControl>
  );
}
