import { Button, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconLink, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { CardFigure } from '../../shared/card/cardContent';
import type { EvidenceChoice, StaleFigure } from '../../shared/card/evidence';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { EvidencePicker } from './EvidencePicker';
import { PartField } from './ItemsEditor';
import { StaleMark } from './StaleMark';

interface FiguresEditorProps {
  readonly versionId: string;
  readonly figures: readonly CardFigure[];
  readonly stale: readonly StaleFigure[];
  readonly onChange: (figures: readonly CardFigure[]) => void;
}

function newFigure(): CardFigure {
  return {
    id: crypto.randomUUID(),
    name: '',
    slice: '',
    value: '',
    low: '',
    high: '',
    evidence: null,
    asOfUtc: null,
    source: '',
  };
}

/** The figures of a card: those that point at evidence are shown, the others are typed. */
export function FiguresEditor({ versionId, figures, stale, onChange }: FiguresEditorProps) {
  const [isPicking, setIsPicking] = useState(false);
  const replace = (figure: CardFigure): void =>
    onChange(figures.map((old) => (old.id === figure.id ? figure : old)));
  function bind({ ref, name, found }: EvidenceChoice): void {
    setIsPicking(false);
    onChange([...figures, { ...newFigure(), name, evidence: ref, ...found }]);
  }
  return (
    <Stack gap="xs">
      {figures.map((figure) => (
        <FigureFields
          key={figure.id}
          figure={figure}
          stale={stale.find(({ figureId }) => figureId === figure.id) ?? null}
          onChange={replace}
          onRemove={() => onChange(figures.filter(({ id }) => id !== figure.id))}
        />
      ))}
      <Group gap="xs">
        <Button
          size="compact-sm"
          leftSection={<IconLink size={14} aria-hidden />}
          onClick={() => setIsPicking(true)}
        >
          Add a figure from evidence…
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...figures, newFigure()])}
        >
          Type a figure
        </Button>
      </Group>
      <EvidencePicker
        opened={isPicking}
        versionId={versionId}
        onPick={bind}
        onClose={() => setIsPicking(false)}
      />
    </Stack>
  );
}

interface FigureFieldsProps {
  readonly figure: CardFigure;
  readonly stale: StaleFigure | null;
  readonly onChange: (figure: CardFigure) => void;
  readonly onRemove: () => void;
}

function FigureFields({ figure, stale, onChange, onRemove }: FigureFieldsProps) {
  const isBound = figure.evidence !== null;
  const called = figure.name === '' ? 'figure' : figure.name;
  return (
    <Paper p="sm" bg="var(--assay-surface)" withBorder role="group" aria-label={called}>
      <Stack gap="xs">
        <SimpleGrid cols={{ base: 2, md: isBound ? 2 : 5 }} spacing="xs">
          <PartField
            label="Name"
            value={figure.name}
            onChange={(name) => onChange({ ...figure, name })}
          />
          <PartField
            label="Slice"
            value={figure.slice}
            onChange={(slice) => onChange({ ...figure, slice })}
          />
          {!isBound && (
            <>
              <PartField
                label="Value"
                value={figure.value}
                onChange={(value) => onChange({ ...figure, value })}
              />
              <PartField
                label="Lower end"
                value={figure.low}
                onChange={(low) => onChange({ ...figure, low })}
              />
              <PartField
                label="Upper end"
                value={figure.high}
                onChange={(high) => onChange({ ...figure, high })}
              />
            </>
          )}
        </SimpleGrid>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            {isBound ? (
              <BoundValue figure={figure} />
            ) : (
              <Group gap="xs">
                <StateBadge state="unknown" label="Typed" />
                <Text c="dimmed">No evidence stands behind it.</Text>
              </Group>
            )}
            {stale !== null && (
              <StaleMark
                stale={stale}
                onTake={() => onChange({ ...figure, value: '', low: '', high: '' })}
              />
            )}
          </div>
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={`Remove ${called}`}
            onClick={onRemove}
          >
            Remove
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function BoundValue({ figure }: { readonly figure: CardFigure }) {
  return (
    <Text component="div" style={{ overflowWrap: 'anywhere' }}>
      <b className="assay-figures">{figure.value === '' ? 'being looked up…' : figure.value}</b>{' '}
      <Text span c="dimmed">
        {figure.source}
        {figure.asOfUtc !== null && (
          <>
            , as of <TimeText instant={figure.asOfUtc} />
          </>
        )}
      </Text>
    </Text>
  );
}
