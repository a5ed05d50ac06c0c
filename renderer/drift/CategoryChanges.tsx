import { Text } from '@mantine/core';
import type { FeatureDetail, FeatureDrift } from '../../shared/drift/driftReport';
import { formatCount } from '../ui/formatNumber';

interface CategoryChangesProps {
  readonly feature: FeatureDrift;
  readonly detail: FeatureDetail;
}

const SHOWN_NAMES = 40;

/** Which categories came and which went, by name. */
export function CategoryChanges({ feature, detail }: CategoryChangesProps) {
  return (
    <div>
      <NameList
        title="New in the live batch"
        names={detail.newCategories}
        n={feature.nNewCategories}
      />
      <NameList
        title="Gone from the live batch"
        names={detail.vanishedCategories}
        n={feature.nVanishedCategories}
      />
    </div>
  );
}

interface NameListProps {
  readonly title: string;
  readonly names: readonly string[];
  readonly n: number;
}

function NameList({ title, names, n }: NameListProps) {
  if (n === 0) return null;
  const shown = names.slice(0, SHOWN_NAMES);
  return (
    <Text style={{ overflowWrap: 'anywhere' }}>
      <b>
        {title} ({formatCount(n)}):
      </b>{' '}
      {shown.join(', ')}
      {n > shown.length && ` and ${formatCount(n - shown.length)} more`}
    </Text>
  );
}
