import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Meaning, SigningAct } from '../../shared/audit/signature';
import type { AppError } from '../../shared/ipc/errors';
import type { MeaningChoice, SignableType } from '../../shared/vault/signable';
import { ErrorPanel } from './ErrorPanel';
import { PassphraseProblem } from './PassphraseProblem';
import { PublicPassphrase } from './PublicPassphrase';
import { usePublicPassphraseStore } from './publicPassphraseStore';
import { RecordToSign } from './RecordToSign';
import { SigningFields } from './SigningFields';
import { SigningNotices } from './SigningNotices';
import { actOf, firstMeaning, type SigningDraft } from './signingRules';
import classes from './SignDialog.module.css';
import { useSigning } from './useSigning';

export interface SignDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** Exactly what will be recorded, in words and figures. */
  readonly children: ReactNode;
  /** SHA-256 of what is signed; null when it is fixed at the moment of signing. */
  readonly recordSha256: string | null;
  /** What is signed as canonical JSON: the bytes whose hash `recordSha256` is. */
  readonly recordJson?: string | undefined;
  /** What is signed, where that decides whether this person may; null or left out: anything else. */
  readonly recordType?: SignableType | null;
  /** What may be stated, and why not. */
  readonly choices: readonly MeaningChoice[];
  readonly initialMeaning?: Meaning;
  readonly initialReason?: string;
  readonly signLabel?: string;
  /** Answers null when it is signed, else why not. */
  readonly onSign: (act: SigningAct) => Promise<AppError | null>;
}

/** The one act of signing: shows what will be recorded, then asks for meaning, reason and the person's proof. */
export function SignDialog(props: SignDialogProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} size="xl">
      {/* Made anew each time it opens, so that no passphrase outlives the dialog. */}
      {props.opened && <SignForm {...props} />}
    </Modal>
  );
}

function SignForm(props: SignDialogProps) {
  const { choices, recordType = null, onSign } = props;
  const { needed, isBusy, error, secondsLeft, reload, sign } = useSigning(recordType, onSign);
  const [draft, setDraft] = useState<SigningDraft>({
    meaning: firstMeaning(choices, props.initialMeaning),
    reason: props.initialReason ?? '',
    printedName: '',
    passphrase: '',
    isClockConfirmed: false,
  });
  function change(part: Partial<SigningDraft>): void {
    setDraft((old) => ({ ...old, ...part }));
  }
  const act = actOf(draft, needed);
  const canSign = act !== null && secondsLeft === 0;

  async function onSubmit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (act === null || secondsLeft > 0 || isBusy) return;
    const isSigned = await sign(act);
    if (!isSigned) change({ passphrase: '' });
  }

  const isRefused = error?.code === 'FORBIDDEN';
  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="md">
        <RecordToSign recordSha256={props.recordSha256} recordJson={props.recordJson}>
          {props.children}
        </RecordToSign>
        {needed !== null && (
          <SigningNotices
            needed={needed}
            isClockConfirmed={draft.isClockConfirmed}
            onClockConfirmed={(isClockConfirmed) => change({ isClockConfirmed })}
          />
        )}
        <SigningFields
          draft={draft}
          choices={choices}
          needsName={needed?.needsName === true}
          isRefused={isRefused}
          onChange={change}
        />
        <PublicPassphraseHint />
        <PassphraseProblem message={isRefused ? error.message : null} secondsLeft={secondsLeft} />
        {error !== null && !isRefused && (
          <ErrorPanel error={error} {...(needed === null ? { onRetry: reload } : {})} />
        )}
        <Group justify="flex-end" className={classes.actions}>
          <Button variant="default" onClick={props.onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={!canSign}>
            {props.signLabel ?? 'Sign'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function PublicPassphraseHint() {
  const passphrase = usePublicPassphraseStore((state) => state.passphrase);
  return passphrase === null ? null : <PublicPassphrase passphrase={passphrase} />;
}
