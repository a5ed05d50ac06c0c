import { Fragment, type ReactNode } from 'react';
import classes from './KeyValue.module.css';

export interface KeyValueProps {
  readonly items: readonly { readonly label: string; readonly value: ReactNode }[];
}

/** Labelled facts of one record, as a description list. */
export function KeyValue({ items }: KeyValueProps) {
  return (
    <dl className={classes.list}>
      {items.map(({ label, value }, i) => (
        <Fragment key={`${i} ${label}`}>
          <dt className={classes.label}>{label}</dt>
          <dd className={classes.value}>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
