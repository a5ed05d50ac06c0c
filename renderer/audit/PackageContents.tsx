import { Stack, Table, Text } from '@mantine/core';
import type { PackagePreview } from '../../shared/audit/channels';
import { formatBytes, formatNoun } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';

/** Exactly what a package holds, before it is signed. */
export function PackageContents({ preview }: { readonly preview: PackagePreview }) {
  const { modelName, records, nEvents, logSize, keyId } = preview;
  return (
    <Stack gap="sm">
      <Text className="assay-figures">
        {formatNoun(records.length, 'file')} about {modelName}, with{' '}
        {formatNoun(nEvents, 'audit event')} out of the {formatNoun(logSize, 'event')} in the log.
        No row of any data file is in it.
      </Text>
      <Table verticalSpacing={3} horizontalSpacing="xs" aria-label="Files of the package">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>File</Table.Th>
            <Table.Th>What it is</Table.Th>
            <Table.Th ta="right">Size</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className="assay-figures">
          {records.map(({ path, title, sizeBytes }) => (
            <Table.Tr key={path}>
              <Table.Td ff="monospace" fz="xs" style={{ overflowWrap: 'anywhere' }}>
                {path}
              </Table.Td>
              <Table.Td>{title}</Table.Td>
              <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                {formatBytes(sizeBytes)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <KeyValue
        items={[{ label: 'Your key', value: <HashText hash={keyId} of="key" digits={24} /> }]}
      />
    </Stack>
  );
}
