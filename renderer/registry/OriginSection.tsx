import { Table, Title } from '@mantine/core';
import type { ImportOrigin, VersionSnapshot } from '../../shared/registry/model';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { TimeText } from '../ui/TimeText';
import { visiblePath } from './artefactWords';

/** The datasets that a version names by the digests of their source. */
export function DatasetsSection({ datasets }: Pick<VersionSnapshot, 'datasets'>) {
  if (datasets === undefined) return null;
  return (
    <section>
      <Title order={3} mb={4}>
        Datasets ({datasets.length})
      </Title>
      <Table withRowBorders verticalSpacing={4} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th w={90}>Role</Table.Th>
            <Table.Th>Digest</Table.Th>
            <Table.Th>Source</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {datasets.map(({ name, role, digest, source }, i) => (
            // A dataset may be named twice, in two roles or with two digests.
            <Table.Tr key={`${i} ${name}`} style={{ overflowWrap: 'anywhere' }}>
              <Table.Td>{name}</Table.Td>
              <Table.Td>{role}</Table.Td>
              <Table.Td>{digest}</Table.Td>
              <Table.Td>{visiblePath(source)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

/** Where a version was imported from, and what that system said of it. */
export function OriginSection({ origin }: { readonly origin: ImportOrigin | undefined }) {
  if (origin === undefined) return null;
  const { source, sourceSha256, experiment, runId, version, stage, aliases, createdAtUtc } = origin;
  const tags = Object.entries(origin.tags).map(([name, value]) => `${name} = ${value}`);
  return (
    <section>
      <Title order={3} mb={4}>
        Imported from MLflow
      </Title>
      <KeyValue
        items={[
          { label: 'Source', value: visiblePath(source) },
          {
            label: 'SHA-256 of it',
            value: <HashText hash={sourceSha256} of="source" digits={32} />,
          },
          { label: 'Experiment', value: experiment ?? 'none' },
          { label: 'Run', value: runId ?? 'none' },
          { label: 'Version there', value: version ?? 'not registered there' },
          { label: 'Stage there', value: stage ?? 'none' },
          { label: 'Aliases there', value: aliases.length === 0 ? 'none' : aliases.join(', ') },
          { label: 'Made there', value: <TimeText instant={createdAtUtc} /> },
          { label: 'Tags there', value: tags.length === 0 ? 'none' : tags.join('; ') },
        ]}
      />
    </section>
  );
}
