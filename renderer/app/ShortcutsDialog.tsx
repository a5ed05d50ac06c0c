import { Group, Kbd, Modal, Table } from '@mantine/core';
import { SHORTCUTS } from './shortcuts';

interface ShortcutsDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function ShortcutsDialog({ opened, onClose }: ShortcutsDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts">
      <ShortcutTable />
    </Modal>
  );
}

export function ShortcutTable() {
  return (
    <Table verticalSpacing={5} aria-label="Keyboard shortcuts">
      <Table.Thead className="assay-hidden">
        <Table.Tr>
          <Table.Th>Keys</Table.Th>
          <Table.Th>What they do</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {SHORTCUTS.map(({ keys, what }) => (
          <Table.Tr key={what}>
            <Table.Td w={130}>
              <Group gap={4} wrap="nowrap">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </Group>
            </Table.Td>
            <Table.Td>{what}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
