import { Textarea } from '@mantine/core';

export interface ReasonFieldProps {
  readonly value: string;
  readonly onChange: (reason: string) => void;
  /** `Reason` unless it is a reason of another name. */
  readonly label?: string;
  /** What the reason should say, or what becomes of it. */
  readonly description?: string;
  /** True where it is the first field of a dialog. */
  readonly isFirst?: boolean;
}

/** Why somebody does something: it goes on record. */
export function ReasonField(props: ReasonFieldProps) {
  const { value, onChange, label = 'Reason', description, isFirst = false } = props;
  return (
    <Textarea
      label={label}
      description={
        description ?? 'Goes on record with your name and the time; it cannot be changed later.'
      }
      required
      data-autofocus={isFirst || undefined}
      autosize
      minRows={2}
      maxRows={6}
      maxLength={2000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
