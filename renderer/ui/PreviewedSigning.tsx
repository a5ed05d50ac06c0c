import { Modal, Stack } from '@mantine/core';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import type { Meaning, SigningAct } from '../../shared/audit/signature';
import type { AppError } from '../../shared/ipc/errors';
import type { SignableType, SigningPreview } from '../../shared/vault/signable';
import { ErrorPanel } from './ErrorPanel';
import { KeyValue } from './KeyValue';
import { SignDialog } from './SignDialog';
import { useCall } from './useCall';

export interface PreviewedSigningProps {
  readonly opened: boolean;
  readonly recordType: SignableType;
  readonly recordId: string;
  /** What the dialog is called; the record's own title unless given. */
  readonly title?: string;
  readonly meaning?: Meaning;
  readonly signLabel?: string;
  readonly initialReason?: string;
  /** What to look at before signing, above the record. */
  readonly children?: ReactNode;
  readonly onSign: (signed: {
    readonly stageId: string;
    readonly signing: SigningAct;
  }) => Promise<AppError | null>;
  readonly onClose: () => void;
}

/** Has core render a record, shows exactly that, and signs it. */
export function PreviewedSigning(props: PreviewedSigningProps) {
  const { opened, recordType, recordId, onSign, onClose } = props;
  const { run, error } = useCall('vault.previewSigning');
  const [preview, setPreview] = useState<SigningPreview | null>(null);
  const title = props.title ?? `Sign: ${preview?.title ?? ''}`;
  const load = useCallback(async () => {
    const result = await run({ recordType, recordId });
    if (result.ok) setPreview(result.value);
  }, [run, recordType, recordId]);
  useEffect(() => {
    if (opened) void load();
    // What was shown before is not what would be signed next time.
    return () => setPreview(null);
  }, [opened, load]);

  async function sign(signing: SigningAct): Promise<AppError | null> {
    if (preview === null) return null;
    const failure = await onSign({ stageId: preview.stageId, signing });
    if (failure === null) onClose();
    // What was shown is no longer what would be signed: show what is there now.
    if (failure?.code === 'CONFLICT' || failure?.code === 'NOT_FOUND') await load();
    return failure;
  }

  return (
    <>
      <Modal opened={opened && error !== null} onClose={onClose} title={title} size="lg">
        {error !== null && <ErrorPanel error={error} onRetry={() => void load()} />}
      </Modal>
      {/* Stays here while it is closed, so that the focus goes back to what opened it. */}
      <SignDialog
        opened={opened && error === null && preview !== null}
        onClose={onClose}
        title={title}
        recordType={recordType}
        recordSha256={preview?.recordSha256 ?? null}
        recordJson={preview?.recordJson ?? ''}
        choices={preview?.meanings ?? []}
        {...(props.meaning === undefined ? {} : { initialMeaning: props.meaning })}
        initialReason={props.initialReason ?? ''}
        {...(props.signLabel === undefined ? {} : { signLabel: props.signLabel })}
        onSign={sign}
      >
        <Stack gap="sm">
          {props.children}
          <KeyValue items={preview?.facts ?? []} />
        </Stack>
      </SignDialog>
    </>
  );
}
