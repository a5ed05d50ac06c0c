import { Checkbox, Stack } from '@mantine/core';
import { ROLES, type Role } from '../../shared/vault/person';
import { ROLE_WORDS } from './peopleWords';

export interface RolesFieldProps {
  readonly value: readonly Role[];
  readonly onChange: (roles: readonly Role[]) => void;
}

/** Which roles somebody holds; at least one. */
export function RolesField({ value, onChange }: RolesFieldProps) {
  return (
    <Checkbox.Group
      label="Roles"
      description="What each role may do stands on the Roles tab. They take effect at the next sign-in."
      required
      value={[...value]}
      error={value.length === 0 ? 'Choose at least one role.' : null}
      onChange={(chosen) => onChange(ROLES.filter((role) => chosen.includes(role)))}
    >
      <Stack gap={8} my={6}>
        {ROLES.map((role) => (
          <Checkbox key={role} value={role} label={ROLE_WORDS[role]} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
