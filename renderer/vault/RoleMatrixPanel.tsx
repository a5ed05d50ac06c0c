import { Stack, Text, TextInput, Title } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { Permission } from '../../shared/vault/peopleChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { Waiting } from '../ui/Waiting';
import { usePeopleStore } from './peopleStore';

import { matrixOf, matrixSentence } from './roleMatrix';
import { OpenCalls, RoleMatrixTable } from './RoleMatrixTable';
import { useSignedIn } from './useSignedIn';

/** What each role may do, as the gate enforces it. */
export function RoleMatrixPanel() {
  const permissions = usePeopleStore((state) => state.permissions);
  const error = usePeopleStore((state) => state.errors['listPermissions']);
  const listPermissions = usePeopleStore((state) => state.listPermissions);
  useEffect(() => void listPermissions(), [listPermissions]);
  if (error !== undefined) {
    return <ErrorPanel error={error} onRetry={() => void listPermissions()} />;
  }
  if (permissions === null) return <Waiting />;
  return <FilteredMatrix permissions={permissions} />;
}

function FilteredMatrix({ permissions }: { readonly permissions: readonly Permission[] }) {
  const ownRoles = useSignedIn()?.person.roles ?? [];
  const [typed, setTyped] = useState('');
  const { groups, open } = useMemo(() => matrixOf(permissions, typed), [permissions, typed]);
  const isEmpty = groups.length === 0 && open.length === 0;
  return (
    <Stack gap="md">
      <div>
        <Text size="md" className="assay-figures">
          {matrixSentence(permissions)}
        </Text>
        <Text>
          This is the table by which every call is let through or refused. Whoever holds several
          roles may do what any of them may.
        </Text>
      </div>
      <TextInput
        label="Filter"
        description="Part of a call’s name, of a capability or of a role; for example “sign” or “changes records”."
        maw={420}
        leftSection={<IconFilter size={15} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {groups.length > 0 && <RoleMatrixTable groups={groups} ownRoles={ownRoles} />}
      {open.length > 0 && (
        <section>
          <Title order={2} mb={4}>
            Before anybody signs in
          </Title>
          <Text mb="xs">
            These work on the first screen, for everybody who can open the window. Without a
            passphrase they give none of the workspace’s records away.
          </Text>
          <OpenCalls rows={open} />
        </section>
      )}
      <Text role="status">{isEmpty ? 'No call matches this filter.' : ''}</Text>
    </Stack>
  );
}
