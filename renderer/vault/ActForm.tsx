import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { AppError } from '../../shared/ipc/errors';
import { ErrorPanel } from '../ui/ErrorPanel';
import { retryAfterMsOf } from '../ui/explainError';
import { PassphraseProblem } from '../ui/PassphraseProblem';
import { PublicPassphrase } from '../ui/PublicPassphrase';
import { usePublicPassphraseStore } from '../ui/publicPassphraseStore';
import { ReasonField } from '../ui/ReasonField';
import { useCountdown } from '../ui/useCountdown';

export interface Act {
  /** Empty where no reason is asked for. */
  readonly reason: string;
  /** Empty where no passphrase is asked for. */
  readonly passphrase: string;
}

export interface ActFormProps {
  /** What will happen, and the fields of this act. */
  readonly children: ReactNode;
  readonly needsReason?: boolean;
  /** How the person's own passphrase is called; left out where it is not asked for. */
  readonly passphraseLabel?: string;
  /** Asks for the passphrase above the fields in `children`, not below them. */
  readonly isPassphraseFirst?: boolean;
  /** Whether the fields in `children` are complete. */
  readonly isReady?: boolean;
  readonly submitLabel: string;
  readonly isDestructive?: boolean;
  /** Answers null when it is done, else why not. */
  readonly onSubmit: (act: Act) => Promise<AppError | null>;
  /** Left out where the form is no step of a dialog. */
  readonly onCancel?: () => void;
}

/** One act on somebody's access: its own fields, then reason and passphrase where they are needed. */
export function ActForm(props: ActFormProps) {
  const { needsReason = false, passphraseLabel, isReady = true } = props;
  const [reason, setReason] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const { isBusy, error, secondsLeft, run } = useAct(props.onSubmit);
  const isComplete =
    isReady &&
    (!needsReason || reason.trim() !== '') &&
    (passphraseLabel === undefined || passphrase !== '');

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isComplete || isBusy || secondsLeft > 0) return;
    await run({ reason: reason.trim(), passphrase });
    // It is asked for again whether it was right or wrong.
    setPassphrase('');
  }

  const isRefused = error?.code === 'FORBIDDEN' && passphraseLabel !== undefined;
  const ownPassphrase = passphraseLabel !== undefined && (
    <OwnPassphrase
      label={passphraseLabel}
      value={passphrase}
      isRefused={isRefused}
      onChange={setPassphrase}
    />
  );
  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="md">
        {props.isPassphraseFirst === true && ownPassphrase}
        {props.children}
        {needsReason && <ReasonField value={reason} onChange={setReason} />}
        {props.isPassphraseFirst !== true && ownPassphrase}
        <PassphraseProblem message={isRefused ? error.message : null} secondsLeft={secondsLeft} />
        {error !== null && !isRefused && <ErrorPanel error={error} />}
        {error?.code === 'CONFLICT' && (
          <Text role="status">The list was read again and shows what is on record now.</Text>
        )}
        <ActButtons {...props} isBusy={isBusy} isDisabled={!isComplete || secondsLeft > 0} />
      </Stack>
    </form>
  );
}

interface ActButtonsProps extends Pick<ActFormProps, 'onCancel' | 'submitLabel' | 'isDestructive'> {
  readonly isBusy: boolean;
  readonly isDisabled: boolean;
}

function ActButtons(props: ActButtonsProps) {
  const { onCancel, submitLabel, isDestructive = false, isBusy, isDisabled } = props;
  return (
    <Group justify="flex-end">
      {onCancel !== undefined && (
        <Button variant="default" onClick={onCancel} disabled={isBusy}>
          Cancel
        </Button>
      )}
      <Button
        type="submit"
        loading={isBusy}
        disabled={isDisabled}
        {...(isDestructive ? { color: 'error' } : {})}
      >
        {submitLabel}
      </Button>
    </Group>
  );
}

interface OwnPassphraseProps {
  readonly label: string;
  readonly value: string;
  readonly isRefused: boolean;
  readonly onChange: (passphrase: string) => void;
}

function OwnPassphrase({ label, value, isRefused, onChange }: OwnPassphraseProps) {
  const publicPassphrase = usePublicPassphraseStore((state) => state.passphrase);
  return (
    <>
      <PasswordInput
        label={label}
        description="Asked again, so that nobody does this in your place."
        required
        autoComplete="off"
        value={value}
        error={isRefused}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {publicPassphrase !== null && <PublicPassphrase passphrase={publicPassphrase} />}
    </>
  );
}

function useAct(onSubmit: ActFormProps['onSubmit']) {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const { secondsLeft, start } = useCountdown();
  async function run(act: Act): Promise<void> {
    setIsBusy(true);
    setError(null);
    const failure = await onSubmit(act);
    setIsBusy(false);
    setError(failure);
    if (failure !== null) start(retryAfterMsOf(failure));
  }
  return { isBusy, error, secondsLeft, run };
}
