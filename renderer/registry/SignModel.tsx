import { useState } from 'react';
import type { SigningAct } from '../../shared/audit/signature';
import type { AppError } from '../../shared/ipc/errors';
import type {
  ModelSignatureFile,
  ModelSignaturePreview,
} from '../../shared/registry/modelSigningChannels';
import type { ModelVersion } from '../../shared/registry/model';
import { formatCount } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { SignDialog } from '../ui/SignDialog';
import { useCall } from '../ui/useCall';
import { ExportedDialog } from './ExportedDialog';
import { SIGNATURE_WORDS } from './exportWords';

interface SignModelProps {
  readonly version: ModelVersion;
  /** Null: closed. */
  readonly preview: ModelSignaturePreview | null;
  readonly onClose: () => void;
}

/** Signs the files of a version for people without Assay, and shows where the signature was written. */
export function SignModel({ version, preview, onClose }: SignModelProps) {
  const call = useCall('registry.signModel');
  const [written, setWritten] = useState<ModelSignatureFile | null>(null);
  const { modelName, version: number } = version.snapshot;
  async function onSign(signing: SigningAct): Promise<AppError | null> {
    if (preview === null) return null;
    const result = await call.run({ stageId: preview.stageId, signing });
    if (!result.ok) return result.error;
    onClose();
    setWritten(result.value);
    return null;
  }
  return (
    <>
      <SignDialog
        opened={preview !== null}
        onClose={onClose}
        title={`Sign the files of ${modelName}, version ${number}`}
        recordSha256={preview?.recordSha256 ?? null}
        recordJson={preview?.recordJson}
        recordType="registry.version"
        choices={preview?.meanings ?? []}
        signLabel="Sign and save"
        onSign={onSign}
      >
        {preview !== null && (
          <KeyValue
            items={[
              {
                label: 'Files',
                value: `${formatCount(preview.nFiles)}, as the version froze them`,
              },
              {
                label: 'Whole manifest',
                value: <HashText hash={preview.rootSha256} of="whole manifest" digits={32} />,
              },
              {
                label: 'Key',
                value: (
                  <>
                    ECDSA P-256, made for this signature alone; your own key signs that it is yours.{' '}
                    <HashText hash={preview.publicKeySha256} of="key of this signature" />
                  </>
                ),
              },
            ]}
          />
        )}
      </SignDialog>
      <ExportedDialog exported={written} words={SIGNATURE_WORDS} onClose={() => setWritten(null)} />
    </>
  );
}
