import { codeGroups } from './fingerprintGroups';
import classes from './SecretCode.module.css';

export interface SecretCodeProps {
  readonly code: string;
  /** What it is, for people who do not see it. */
  readonly label: string;
}

/** A code to read, print or copy by hand, in the groups in which it was made. */
export function SecretCode({ code, label }: SecretCodeProps) {
  const groups = codeGroups(code);
  return (
    <div role="group" aria-label={label} className={classes.code}>
      {groups.map((group, i) => (
        // The place of a group is what tells it apart: two groups may be equal.
        <span key={`${i} ${group}`}>{i < groups.length - 1 ? `${group}-` : group}</span>
      ))}
    </div>
  );
}
