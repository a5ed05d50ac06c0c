import { Button, Checkbox, Group } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { VersionComparison } from '../../shared/registry/versionComparison';
import { ErrorPanel } from '../ui/ErrorPanel';
import { PageHeader } from '../ui/PageHeader';
import { Sentence } from '../ui/Sentence';
import { Trail } from '../ui/Trail';
import { useCall } from '../ui/useCall';
import { Waiting } from '../ui/Waiting';
import { ComparisonView } from './ComparisonView';
import { comparisonSentence } from './compareWords';
import { VersionSelect } from './VersionSelect';

export interface ComparePageProps {
  /** The model whose page led here. */
  readonly modelId: string;
  readonly leftId: string;
  readonly rightId: string;
  /** Their model cards. */
  readonly card?: ReactNode;
}

/** Two versions side by side, of one model or of two. */
export function ComparePage({ modelId, leftId, rightId, card }: ComparePageProps) {
  const { run, error } = useCall('registry.compareVersions');
  const [comparison, setComparison] = useState<VersionComparison | null>(null);
  const [onlyDifferences, setOnlyDifferences] = useState(true);
  const [, navigate] = useLocation();
  useEffect(() => {
    void run({ leftId, rightId }).then((result) => {
      if (result.ok) setComparison(result.value);
    });
  }, [run, leftId, rightId]);
  const isCurrent = comparison?.left.id === leftId && comparison.right.id === rightId;
  const compare = (left: string, right: string): void =>
    navigate(`/models/${modelId}/compare/${left}/${right}`);
  return (
    <>
      <PageHeader
        title="Compare versions"
        context={<Trail steps={trailOf(modelId, comparison)} />}
        sentence={
          comparison === null || !isCurrent ? undefined : (
            <Sentence text={comparisonSentence(comparison)} />
          )
        }
      />
      <Sides
        modelId={modelId}
        comparison={comparison}
        onChoose={(part) => compare(part.left ?? leftId, part.right ?? rightId)}
        onSwap={() => compare(rightId, leftId)}
      />
      {error !== null && <ErrorPanel error={error} onRetry={() => void run({ leftId, rightId })} />}
      {comparison === null && error === null && <Waiting />}
      {comparison !== null && isCurrent && (
        <ComparisonView
          key={`${leftId} ${rightId}`}
          comparison={comparison}
          onlyDifferences={onlyDifferences}
          onOnlyDifferences={setOnlyDifferences}
        />
      )}
      {comparison !== null && isCurrent && card}
    </>
  );
}

function trailOf(modelId: string, comparison: VersionComparison | null) {
  const sides = comparison === null ? [] : [comparison.left, comparison.right];
  const model = sides.find((side) => side.modelId === modelId);
  return [
    { to: '/models', label: 'Models' },
    { to: `/models/${modelId}`, label: model?.modelName ?? 'Model' },
  ];
}

interface SidesProps {
  readonly modelId: string;
  readonly comparison: VersionComparison | null;
  readonly onChoose: (part: { readonly left?: string; readonly right?: string }) => void;
  readonly onSwap: () => void;
}

function Sides({ modelId, comparison, onChoose, onSwap }: SidesProps) {
  const [isAcross, setIsAcross] = useState(false);
  const offered = isAcross ? null : modelId;
  return (
    <Group align="flex-end" gap="xs" mb="md">
      <VersionSelect
        label="Left: from"
        modelId={offered}
        chosen={comparison?.left ?? null}
        onChoose={(left) => onChoose({ left })}
      />
      <Button
        variant="default"
        leftSection={<IconArrowsExchange size={16} aria-hidden />}
        onClick={onSwap}
      >
        Swap sides
      </Button>
      <VersionSelect
        label="Right: to"
        modelId={offered}
        chosen={comparison?.right ?? null}
        onChoose={(right) => onChoose({ right })}
      />
      <Checkbox
        mb={9}
        label="Offer versions of other models, too"
        checked={isAcross}
        onChange={(event) => setIsAcross(event.currentTarget.checked)}
      />
    </Group>
  );
}
