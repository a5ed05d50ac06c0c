import { Text } from '@mantine/core';

export interface PassphraseProblemProps {
  /** What was wrong; null when nothing was. */
  readonly message: string | null;
  readonly secondsLeft: number;
}

/** A refused passphrase, and how long to wait before the next attempt. */
export function PassphraseProblem({ message, secondsLeft }: PassphraseProblemProps) {
  return (
    <div role="alert">
      {message !== null && (
        <Text c="error" fw={500}>
          {message}
        </Text>
      )}
      {secondsLeft > 0 && (
        <Text c="error" className="assay-figures">
          The next attempt is possible in {secondsLeft}&nbsp;s.
        </Text>
      )}
    </div>
  );
}
