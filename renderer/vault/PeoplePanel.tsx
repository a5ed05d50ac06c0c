import { Button, Group, Stack, Text } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { ErrorPanel } from '../ui/ErrorPanel';
import { Waiting } from '../ui/Waiting';
import { AddPersonDialog } from './AddPersonDialog';
import { usePeopleStore } from './peopleStore';
import { PeopleTable } from './PeopleTable';
import { mayCall, peopleSentence, whoCan } from './peopleWords';
import { PersonDialog } from './PersonDialog';
import { useSignedIn } from './useSignedIn';

/** Who has access to the workspace, and the acts that change it. */
export function PeoplePanel() {
  const people = usePeopleStore((state) => state.people);
  const error = usePeopleStore((state) => state.errors['listPeople']);
  const listPeople = usePeopleStore((state) => state.listPeople);
  const [shownId, setShownId] = useState<string | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  useEffect(() => void listPeople(), [listPeople]);
  const shown = people?.find(({ id }) => id === shownId) ?? null;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Text size="md" className="assay-figures" aria-live="polite">
          {people === null ? '' : peopleSentence(people)}
        </Text>
        <AddPersonButton onClick={() => setIsAdding(true)} />
      </Group>
      {error !== undefined && <ErrorPanel error={error} onRetry={() => void listPeople()} />}
      {people === null && error === undefined && <Waiting />}
      {people !== null && <PeopleTable people={people} onOpen={({ id }) => setShownId(id)} />}
      {people?.length === 1 && (
        <Text maw="80ch">
          You are alone in this workspace, so nobody can review or approve your work. Add a second
          person: signatures of approval need somebody else than the author.
        </Text>
      )}
      <PersonDialog person={shown} onClose={() => setShownId(null)} />
      <AddPersonDialog opened={isAdding} onClose={() => setIsAdding(false)} />
    </Stack>
  );
}

function AddPersonButton({ onClick }: { readonly onClick: () => void }) {
  const roles = useSignedIn()?.person.roles ?? [];
  if (!mayCall(roles, 'vault.addPerson')) {
    return (
      <Text c="dimmed" style={{ flexShrink: 0 }}>
        {whoCan('vault.addPerson', 'add people')}
      </Text>
    );
  }
  return (
    <Button
      leftSection={<IconUserPlus size={16} aria-hidden />}
      style={{ flexShrink: 0 }}
      onClick={onClick}
    >
      Add person
    </Button>
  );
}
