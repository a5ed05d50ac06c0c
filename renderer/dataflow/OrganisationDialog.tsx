import { Button, Group, Modal, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Organisation } from '../../shared/dataflow/flowMap';
import { useFlowMapStore } from './flowMapStore';

interface OrganisationDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

type Controller = Organisation['controllers'][number];
const NOBODY: Controller = { name: '', contact: '', representative: '', dataProtectionOfficer: '' };

/** Who keeps the register, and for whom: part of the map, and saved with it. */
export function OrganisationDialog({ opened, onClose }: OrganisationDialogProps) {
  const organisation = useFlowMapStore(({ draft }) => draft.organisation);
  const { jointControllers, controllers } = organisation;
  function set(part: Partial<Organisation>): void {
    const { draft, change } = useFlowMapStore.getState();
    change({ ...draft, organisation: { ...draft.organisation, ...part } }, 'organisation');
  }
  return (
    <Modal opened={opened} onClose={onClose} title="The organisation" size="xl">
      <Stack gap="md">
        <PartyFields
          party={organisation}
          labels={['Name of the organisation', 'Contact of the organisation']}
          onChange={set}
        />
        <OfficeFields party={organisation} onChange={set} />
        <PartyList
          title="Joint controllers (Art. 26)"
          what="joint controller"
          parties={jointControllers}
          onChange={(parties) =>
            set({ jointControllers: parties.map(({ name, contact }) => ({ name, contact })) })
          }
        />
        <PartyList
          title="Controllers for whom the organisation is a processor"
          what="controller"
          hasOffices
          parties={controllers}
          onChange={(parties) =>
            set({ controllers: parties.map((party) => ({ ...NOBODY, ...party })) })
          }
        />
        <Text c="dimmed">These names are part of the map: save it to keep them.</Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface PartyFieldsProps {
  readonly party: Pick<Controller, 'name' | 'contact'>;
  readonly labels: readonly [string, string];
  readonly onChange: (part: Partial<Controller>) => void;
}

function PartyFields({ party, labels, onChange }: PartyFieldsProps) {
  return (
    <SimpleGrid cols={2}>
      <TextInput
        label={labels[0]}
        maxLength={500}
        value={party.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={labels[1]}
        placeholder="Address, e-mail, telephone"
        maxLength={500}
        value={party.contact}
        onChange={(event) => onChange({ contact: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}

interface OfficeFieldsProps {
  readonly party: Pick<Controller, 'representative' | 'dataProtectionOfficer'>;
  readonly onChange: (part: Partial<Controller>) => void;
}

function OfficeFields({ party, onChange }: OfficeFieldsProps) {
  return (
    <SimpleGrid cols={2}>
      <TextInput
        label="Representative in the Union (Art. 27)"
        maxLength={500}
        value={party.representative}
        onChange={(event) => onChange({ representative: event.currentTarget.value })}
      />
      <TextInput
        label="Data protection officer (Art. 37)"
        placeholder="Name and contact"
        maxLength={500}
        value={party.dataProtectionOfficer}
        onChange={(event) => onChange({ dataProtectionOfficer: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}

type ListedParty = Pick<Controller, 'name' | 'contact'> & Partial<Controller>;

interface PartyListProps {
  readonly title: string;
  readonly what: string;
  readonly hasOffices?: boolean;
  readonly parties: readonly ListedParty[];
  readonly onChange: (parties: readonly ListedParty[]) => void;
}

function PartyList({ title, what, hasOffices = false, parties, onChange }: PartyListProps) {
  const setAt = (at: number, part: Partial<Controller>): void =>
    onChange(parties.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <Stack gap="sm" align="stretch">
      <Title order={3}>{title}</Title>
      {parties.map((party, i) => (
        // A party has no identity but its place in the list.
        <Stack key={i} gap="xs">
          <PartyFields
            party={party}
            labels={[`Name of ${what} ${i + 1}`, `Contact of ${what} ${i + 1}`]}
            onChange={(part) => setAt(i, part)}
          />
          {hasOffices && (
            <OfficeFields party={{ ...NOBODY, ...party }} onChange={(part) => setAt(i, part)} />
          )}
          <Group justify="flex-end">
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconTrash size={14} aria-hidden />}
              onClick={() => onChange(parties.filter((_one, at) => at !== i))}
            >
              Remove {what} {i + 1}
            </Button>
          </Group>
        </Stack>
      ))}
      <Group>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...parties, NOBODY])}
        >
          Add a {what}
        </Button>
      </Group>
    </Stack>
  );
}
