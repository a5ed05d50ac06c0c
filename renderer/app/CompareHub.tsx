import { CompareCards } from '../card/CompareCards';
import { ComparePage, type ComparePageProps } from '../registry/ComparePage';

/** Two versions side by side, with their model cards. */
export function CompareHub(props: Omit<ComparePageProps, 'card'>) {
  const { leftId, rightId } = props;
  return <ComparePage {...props} card={<CompareCards leftId={leftId} rightId={rightId} />} />;
}
