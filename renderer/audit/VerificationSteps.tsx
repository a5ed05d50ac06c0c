import { Text } from '@mantine/core';
import type { VerificationStep } from '../../shared/audit/auditPackage';
import { StateBadge } from '../ui/StateBadge';
import type { State } from '../ui/theme';
import classes from './VerificationSteps.module.css';

const LOOKS: Readonly<
  Record<VerificationStep['status'], { readonly state: State; readonly label: string }>
> = {
  passed: { state: 'ok', label: 'Passed' },
  failed: { state: 'alert', label: 'Failed' },
  skipped: { state: 'unknown', label: 'Skipped' },
};

/** Each check of a package in its order: passed, failed or skipped, with the reason. */
export function VerificationSteps({ steps }: { readonly steps: readonly VerificationStep[] }) {
  return (
    <ol className={classes.steps} aria-label="Checks">
      {steps.map(({ id, title, status, detail }) => (
        <li key={id} className={classes.step}>
          <div className={classes.status}>
            <StateBadge {...LOOKS[status]} />
          </div>
          <div className={classes.words}>
            <Text fw={600}>{title}</Text>
            {detail !== '' && <Text c="dimmed">{detail}</Text>}
          </div>
        </li>
      ))}
    </ol>
  );
}
