import { Code, Stack, Table, Text, Title } from '@mantine/core';
import type { VersionSnapshot } from '../../shared/registry/model';
import { formatBytes, formatCount } from '../ui/formatNumber';
import { KeyValue } from '../ui/KeyValue';
import { TextLink } from '../ui/TextLink';
import { TimeText } from '../ui/TimeText';
import { ArtefactsSection } from './ArtefactsSection';
import { visiblePath } from './artefactWords';
import { MetricSeriesSection } from './MetricSeriesSection';
import { DatasetsSection, OriginSection } from './OriginSection';

/** Every value that a version freezes, exactly as it is recorded. */
export function SnapshotView({ snapshot }: { readonly snapshot: VersionSnapshot }) {
  const { trainingData } = snapshot;
  return (
    <Stack gap="md">
      <KeyValue
        items={[
          { label: 'Model', value: snapshot.modelName },
          { label: 'Version', value: String(snapshot.version) },
          { label: 'Registered', value: <TimeText instant={snapshot.registeredAtUtc} /> },
          {
            label: 'Description',
            value: snapshot.description === '' ? 'none' : snapshot.description,
          },
          {
            label: 'Training data',
            value:
              trainingData === null
                ? 'none recorded'
                : `${trainingData.fileName} (${formatBytes(trainingData.sizeBytes)})`,
          },
          ...(trainingData === null
            ? []
            : [
                {
                  label: 'SHA-256 of it',
                  value: (
                    <Code fz="xs" style={{ overflowWrap: 'anywhere' }}>
                      {trainingData.sha256}
                    </Code>
                  ),
                },
              ]),
          ...(snapshot.fromPacket === undefined
            ? []
            : [
                {
                  label: 'Hand-off packet',
                  value: (
                    <TextLink to={`/handoffs/${snapshot.fromPacket.packetId}`}>
                      Packet {snapshot.fromPacket.number}
                    </TextLink>
                  ),
                },
              ]),
          ...(snapshot.runLink === undefined
            ? []
            : [{ label: 'Training run', value: visiblePath(snapshot.runLink) }]),
        ]}
      />
      <ValueTable title="Hyperparameters" values={snapshot.hyperparameters} />
      <ValueTable title="Metrics" values={snapshot.metrics} />
      <MetricSeriesSection metricSeries={snapshot.metricSeries} />
      <DatasetsSection datasets={snapshot.datasets} />
      <ArtefactsSection artefacts={snapshot.artefacts} />
      <SchemaTable schema={snapshot.schema} />
      <OriginSection origin={snapshot.importedFrom} />
    </Stack>
  );
}

interface ValueTableProps {
  readonly title: string;
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

/** Text in quotation marks, numbers and booleans without, as they are recorded. */
function ValueTable({ title, values }: ValueTableProps) {
  const entries = Object.entries(values);
  return (
    <section>
      <Title order={3} mb={4}>
        {title} ({formatCount(entries.length)})
      </Title>
      {entries.length === 0 ? (
        <Text c="dimmed">None recorded.</Text>
      ) : (
        <Table withRowBorders verticalSpacing={4} layout="fixed">
          <Table.Tbody>
            {entries.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" fw={500} w="46%" style={{ overflowWrap: 'anywhere' }}>
                  {name}
                </Table.Th>
                <Table.Td className="assay-figures" style={{ overflowWrap: 'anywhere' }}>
                  {typeof value === 'string' ? `“${value}”` : String(value)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

const SHOWN_COLUMNS = 200;

function SchemaTable({ schema }: Pick<VersionSnapshot, 'schema'>) {
  const shown = schema.slice(0, SHOWN_COLUMNS);
  return (
    <section>
      <Title order={3} mb={4}>
        Schema ({formatCount(schema.length)} columns)
      </Title>
      {schema.length === 0 ? (
        <Text c="dimmed">None recorded.</Text>
      ) : (
        <Table withRowBorders verticalSpacing={4} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="50%">Column</Table.Th>
              <Table.Th>Type</Table.Th>
              <Table.Th w={100}>Direction</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(({ name, type, direction }) => (
              <Table.Tr key={`${direction} ${name}`}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{name}</Table.Td>
                <Table.Td>{type}</Table.Td>
                <Table.Td>{direction}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {schema.length > shown.length && (
        <Text c="dimmed" mt={4}>
          and {formatCount(schema.length - shown.length)} more columns, all of which are recorded.
        </Text>
      )}
    </section>
  );
}
