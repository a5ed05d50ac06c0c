import { Button, Checkbox, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { FoundFeature, StagedFeatures } from '../../shared/feature/channels';
import { Sensitivity } from '../../shared/feature/feature';
import type { AppError } from '../../shared/ipc/errors';
import { DataTable, type Column } from '../ui/DataTable';
import { ErrorPanel } from '../ui/ErrorPanel';
import { FileDrop } from '../ui/FileDrop';
import { formatCount, formatNoun } from '../ui/formatNumber';
import { ReasonDialog } from '../ui/ReasonDialog';
import { useCall } from '../ui/useCall';
import { useFeatureStore } from './featureStore';
import { SENSITIVITY_LOOK, VALUE_TYPE_WORDS } from './featureWords';

/** What the person says about each chosen feature, by name. */
type Chosen = ReadonlyMap<string, Sensitivity>;

/** Takes features from a data file or a Feast registry dump; what each says about people is confirmed here. */
export function ImportFeatures({ onClose }: { readonly onClose: () => void }) {
  const { run, isRunning, error } = useCall('feature.inspectImport');
  const importFeatures = useFeatureStore((state) => state.importFeatures);
  const [staged, setStaged] = useState<StagedFeatures | null>(null);
  const [chosen, setChosen] = useState<Chosen>(new Map());
  async function inspect(token: string | null): Promise<void> {
    const result = await run({ source: { token } });
    setStaged(result.ok ? result.value : null);
    setChosen(
      new Map(
        result.ok
          ? result.value.features
              .filter(({ isKnown }) => !isKnown)
              .map(({ name }) => [name, 'notAssessed'])
          : [],
      ),
    );
  }
  async function submit(reason: string): Promise<AppError | null> {
    if (staged === null) return null;
    const features = [...chosen].map(([name, sensitivity]) => ({ name, sensitivity }));
    return importFeatures({ stageId: staged.stageId, chosen: features, reason });
  }
  return (
    <ReasonDialog
      opened
      title="Import features"
      isWide
      staysOpen
      submitLabel={chosen.size === 0 ? 'Add' : `Add ${formatNoun(chosen.size, 'feature')}`}
      isReady={chosen.size > 0}
      onSubmit={submit}
      onClose={onClose}
    >
      <Stack gap="sm">
        <FileDrop
          label="Drop a data file or a registry dump here"
          accept="CSV, Parquet, Arrow: its columns. JSON: the output of “feast registry-dump”."
          onToken={(token) => void inspect(token)}
          onBrowse={() => void inspect(null)}
          isBusy={isRunning}
        />
        {error !== null && <ErrorPanel error={error} />}
        {staged !== null && <Found staged={staged} chosen={chosen} onChoose={setChosen} />}
      </Stack>
    </ReasonDialog>
  );
}

interface FoundProps {
  readonly staged: StagedFeatures;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
}

function Found({ staged: { file, features, warnings }, chosen, onChoose }: FoundProps) {
  const nKnown = features.filter(({ isKnown }) => isKnown).length;
  const hinted = features.filter(({ name, proposal }) => proposal !== null && chosen.has(name));
  const nProposed = features.filter(({ proposal }) => proposal !== null).length;
  return (
    <>
      <Text fw={600}>
        {file.fileName} has {formatNoun(features.length, 'feature')}
        {nKnown > 0 && `, ${formatCount(nKnown)} in the catalogue already`};{' '}
        {nProposed === 0
          ? 'none of the names hints at people.'
          : `${formatCount(nProposed)} may say something about people. Nothing is taken for granted: choose what each says.`}
      </Text>
      {warnings.map((warning) => (
        <Text key={warning}>{warning}</Text>
      ))}
      {hinted.length > 0 && (
        <Button
          variant="default"
          size="compact-sm"
          w="fit-content"
          onClick={() =>
            onChoose(
              new Map([
                ...chosen,
                ...hinted.map(({ name, proposal }): [string, Sensitivity] => [
                  name,
                  proposal?.sensitivity ?? 'notAssessed',
                ]),
              ]),
            )
          }
        >
          Confirm all hints
        </Button>
      )}
      {features.length > 0 && (
        <DataTable
          caption="Features of the file"
          columns={columnsFor(chosen, onChoose)}
          rows={features}
          rowKey={({ name }) => name}
          maxHeight="360px"
        />
      )}
    </>
  );
}

function columnsFor(
  chosen: Chosen,
  onChoose: (chosen: Chosen) => void,
): readonly Column<FoundFeature>[] {
  function choose(name: string, sensitivity: Sensitivity | null): void {
    const next = new Map(chosen);
    if (sensitivity === null) next.delete(name);
    else next.set(name, sensitivity);
    onChoose(next);
  }
  return [
    {
      key: 'chosen',
      header: 'Add',
      width: '60px',
      render: ({ name, isKnown }) => (
        <Checkbox
          aria-label={`Add ${name}`}
          disabled={isKnown}
          checked={chosen.has(name)}
          onChange={(event) => choose(name, event.currentTarget.checked ? 'notAssessed' : null)}
        />
      ),
    },
    { key: 'name', header: 'Feature', width: '24%', render: ({ name }) => name },
    {
      key: 'type',
      header: 'Type',
      width: '100px',
      render: ({ definition: { valueType } }) => VALUE_TYPE_WORDS[valueType],
    },
    {
      key: 'hint',
      header: 'Hint',
      render: ({ proposal, isKnown }) =>
        isKnown
          ? 'In the catalogue already; it stays as it is.'
          : proposal === null
            ? ''
            : `${SENSITIVITY_LOOK[proposal.sensitivity].label}? ${proposal.reason}`,
    },
    {
      key: 'sensitivity',
      header: 'Says about people',
      width: '200px',
      render: ({ name, isKnown }) => (
        <Select
          aria-label={`What ${name} says about people`}
          size="xs"
          disabled={isKnown || !chosen.has(name)}
          allowDeselect={false}
          data={Object.entries(SENSITIVITY_LOOK).map(([value, { label }]) => ({ value, label }))}
          value={chosen.get(name) ?? 'notAssessed'}
          onChange={(value) => choose(name, Sensitivity.parse(value))}
        />
      ),
    },
  ];
}
