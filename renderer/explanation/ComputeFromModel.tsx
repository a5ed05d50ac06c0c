import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Explanation } from '../../shared/explanation/channels';
import type { StagedModel, StagedModelData } from '../../shared/explanation/modelChannels';
import { STRUCTURE_WORDS } from '../../shared/explanation/modelWords';
import type { VersionSummary } from '../../shared/registry/listChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { formatBytes, formatNoun } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { ProgressDialog } from '../ui/ProgressDialog';
import { useCall } from '../ui/useCall';
import { artefactBadge } from './artefactBadge';
import { ComputeForm } from './ComputeForm';

interface ComputeFromModelProps {
  readonly versions: readonly VersionSummary[];
  readonly onComputed: (explanation: Explanation) => void;
}

/** Takes an ONNX model of one version, then a file of its inputs, then the choices. */
export function ComputeFromModel({ versions, onComputed }: ComputeFromModelProps) {
  const inspect = useCall('explanation.inspectModel');
  const [versionId, setVersionId] = useState(versions[0]?.id ?? '');
  const [model, setModel] = useState<StagedModel | null>(null);
  async function stage(token: string | null): Promise<void> {
    const result = await inspect.run({ versionId, source: { token } });
    if (result.ok) setModel(result.value);
  }
  return (
    <Stack gap="sm">
      {model === null ? (
        <>
          <Select
            label="Version that the model is"
            w={280}
            allowDeselect={false}
            value={versionId}
            onChange={(value) => setVersionId(value ?? versionId)}
            data={versions.map(({ id, version }) => ({ value: id, label: `Version ${version}` }))}
          />
          <FileDrop
            label="Drop an ONNX model here"
            accept="One .onnx file of up to 256 MiB that takes the columns of a table. It runs on this machine, in a process of its own, and is not kept."
            onToken={(token) => void stage(token)}
            onBrowse={() => void stage(null)}
            isBusy={inspect.isRunning}
          />
          {inspect.error !== null && <ErrorPanel error={inspect.error} />}
        </>
      ) : (
        <DataOfModel model={model} onBack={() => setModel(null)} onComputed={onComputed} />
      )}
      <ProgressDialog
        opened={inspect.isRunning}
        title="Reading the model"
        progress={inspect.progress}
        onCancel={inspect.cancel}
      />
    </Stack>
  );
}

interface DataOfModelProps {
  readonly model: StagedModel;
  readonly onBack: () => void;
  readonly onComputed: (explanation: Explanation) => void;
}

function DataOfModel({ model, onBack, onComputed }: DataOfModelProps) {
  const inspect = useCall('explanation.inspectModelData');
  const [data, setData] = useState<StagedModelData | null>(null);
  async function stage(token: string | null): Promise<void> {
    const result = await inspect.run({ stageId: model.stageId, source: { token } });
    if (result.ok) setData(result.value);
  }
  return (
    <Stack gap="sm">
      <ModelFacts model={model} />
      <FileDrop
        label="Drop a file of its inputs here"
        accept="CSV, Parquet or Arrow with one column per feature, and the outcome where it is known. Cases stay in your file."
        onToken={(token) => void stage(token)}
        onBrowse={() => void stage(null)}
        isBusy={inspect.isRunning}
      />
      {inspect.error !== null && <ErrorPanel error={inspect.error} />}
      <Group>
        <Button variant="default" size="xs" onClick={onBack}>
          Choose another model
        </Button>
      </Group>
      <ProgressDialog
        opened={inspect.isRunning}
        title="Reading the file"
        progress={inspect.progress}
        onCancel={inspect.cancel}
      />
      <Modal
        opened={data !== null}
        onClose={() => setData(null)}
        title="Compute the explanation"
        size="lg"
        closeOnClickOutside={false}
      >
        {data !== null && (
          <ComputeForm
            key={data.stageId}
            data={data}
            onClose={() => setData(null)}
            onComputed={onComputed}
          />
        )}
      </Modal>
    </Stack>
  );
}

function ModelFacts({ model: { facts, isArtefact } }: { readonly model: StagedModel }) {
  const { file, features, operators, opsets, structure, nNodes } = facts;
  const names = features.map(({ name, type }) => `${name} (${type})`).join(', ');
  return (
    <Stack gap={4}>
      <Text fw={600}>{file.fileName}</Text>
      <KeyValue
        items={[
          { label: 'Size', value: formatBytes(file.sizeBytes) },
          { label: 'SHA-256', value: <HashText hash={file.sha256} of={file.fileName} /> },
          { label: 'Manifest of the version', value: artefactBadge(isArtefact) },
          { label: formatNoun(features.length, 'feature'), value: names },
          { label: 'Structure', value: STRUCTURE_WORDS[structure] },
          {
            label: 'Operators',
            value: `${formatNoun(nNodes, 'node')}: ${operators.join(', ')} (${opsets.join(', ')})`,
          },
        ]}
      />
    </Stack>
  );
}
