import type { Explanation } from '../../shared/explanation/channels';
import type { ExplainedOutput } from '../../shared/explanation/explanation';
import { SPACE_WORDS } from '../../shared/explanation/explanationWords';
import { formatCount, formatStatistic } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';

interface AdditivityFactsProps {
  readonly explanation: Explanation;
  readonly output: ExplainedOutput;
}

/** Where the figures come from and how additivity was checked. */
export function AdditivityFacts({ explanation, output }: AdditivityFactsProps) {
  const { file, nCases } = explanation;
  const { space, isSpaceFound, tolerance, nFailed, failedRows, largestGap } = output.additivity;
  const rows =
    nFailed > failedRows.length ? `the first are ${failedRows.join(', ')}` : failedRows.join(', ');
  return (
    <KeyValue
      items={[
        { label: 'File', value: file.fileName },
        { label: 'SHA-256', value: <HashText hash={file.sha256} of={file.fileName} /> },
        { label: 'Cases', value: formatCount(nCases) },
        { label: 'Mean base value', value: formatStatistic(output.meanBase) },
        {
          label: 'Contributions add up to',
          value: `${space === 'logit' ? 'the log-odds of the prediction' : 'the prediction itself'} (${isSpaceFound ? 'found: fewest cases fail' : 'as chosen'})`,
        },
        {
          label: 'Tolerance',
          value: `${tolerance.absolute} + ${tolerance.relative} x |prediction|, in the ${SPACE_WORDS[space]}`,
        },
        { label: 'Largest gap', value: formatStatistic(largestGap) },
        { label: 'Rows that fail', value: nFailed === 0 ? 'none' : rows },
        { label: 'Importance', value: 'Mean of |SHAP| over cases; interval by Student’s t, 95 %' },
        {
          label: 'Dependence',
          value:
            'Up to 20 bins of equally many cases, or the 20 most frequent categories; groups of fewer than 10 cases are not shown',
        },
      ]}
    />
  );
}
