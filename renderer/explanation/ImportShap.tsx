import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Explanation, StagedShap } from '../../shared/explanation/channels';
import { ExplainedSpace } from '../../shared/explanation/explanation';
import type { VersionSummary } from '../../shared/registry/listChannels';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { formatNoun } from '../ui/formatNumber';
import { ProgressDialog } from '../ui/ProgressDialog';
import { useCall } from '../ui/useCall';
import { useExplanationStore } from './explanationStore';

interface ImportShapProps {
  readonly versions: readonly VersionSummary[];
  readonly onImported: (explanation: Explanation) => void;
}

/** Takes a file of SHAP values of one version. */
export function ImportShap({ versions, onImported }: ImportShapProps) {
  const inspect = useCall('explanation.inspectShap');
  const [versionId, setVersionId] = useState(versions[0]?.id ?? '');
  const [staged, setStaged] = useState<StagedShap | null>(null);
  async function stage(token: string | null): Promise<void> {
    const result = await inspect.run({ versionId, source: { token } });
    if (result.ok) setStaged(result.value);
  }
  return (
    <Stack gap="sm">
      <Select
        label="Version that the values explain"
        w={280}
        allowDeselect={false}
        value={versionId}
        onChange={(value) => setVersionId(value ?? versionId)}
        data={versions.map(({ id, version }) => ({ value: id, label: `Version ${version}` }))}
      />
      <FileDrop
        label="Drop a file of SHAP values here"
        accept="CSV, Parquet or Arrow with case_id, base_value, prediction, and per feature <feature>__shap and <feature>__value. Cases stay in your file."
        onToken={(token) => void stage(token)}
        onBrowse={() => void stage(null)}
        isBusy={inspect.isRunning}
      />
      {inspect.error !== null && <ErrorPanel error={inspect.error} />}
      <ProgressDialog
        opened={inspect.isRunning}
        title="Reading the file"
        progress={inspect.progress}
        onCancel={inspect.cancel}
      />
      <Modal
        opened={staged !== null}
        onClose={() => setStaged(null)}
        title="Import SHAP values"
        closeOnClickOutside={false}
      >
        {staged !== null && (
          <ConfirmImport
            key={staged.stageId}
            staged={staged}
            onClose={() => setStaged(null)}
            onImported={onImported}
          />
        )}
      </Modal>
    </Stack>
  );
}

interface ConfirmImportProps {
  readonly staged: StagedShap;
  readonly onClose: () => void;
  readonly onImported: (explanation: Explanation) => void;
}

const FOUND = 'found';

function ConfirmImport({ staged, onClose, onImported }: ConfirmImportProps) {
  const read = useCall('explanation.importShap');
  const keep = useExplanationStore((state) => state.keep);
  const [space, setSpace] = useState<ExplainedSpace | null>(null);
  const { stageId, file, nRows, features, outputs } = staged;
  async function submit(): Promise<void> {
    const result = await read.run({ stageId, space });
    if (!result.ok) return;
    keep(result.value);
    onImported(result.value);
  }
  return (
    <Stack>
      <Text>
        {file.fileName} explains {formatNoun(nRows, 'case')} by{' '}
        {formatNoun(features.length, 'feature')}
        {outputs.length > 1 ? ` for ${formatNoun(outputs.length, 'output')}` : ''}.
      </Text>
      <Select
        label="Base value and contributions add up to"
        allowDeselect={false}
        value={space ?? FOUND}
        onChange={(value) => setSpace(ExplainedSpace.safeParse(value).data ?? null)}
        data={[
          { value: FOUND, label: 'Whichever fits (checked in both)' },
          { value: 'identity', label: 'The prediction itself' },
          { value: 'logit', label: 'The log-odds of the prediction' },
        ]}
      />
      <Text c="dimmed">
        Kept are means per feature and per group of at least 10 cases, and the SHA-256 of the file.
      </Text>
      {read.error !== null && <ErrorPanel error={read.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={read.isRunning} onClick={() => void submit()}>
          Import
        </Button>
      </Group>
      <ProgressDialog
        opened={read.isRunning}
        title="Adding contributions up"
        progress={read.progress}
        onCancel={read.cancel}
      />
    </Stack>
  );
}
