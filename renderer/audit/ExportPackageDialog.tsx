import { useEffect, useState } from 'react';
import type { ExportedPackage, PackagePreview } from '../../shared/audit/channels';
import type { SigningAct } from '../../shared/audit/signature';
import type { AppError } from '../../shared/ipc/errors';
import { SignDialog } from '../ui/SignDialog';
import { useCall } from '../ui/useCall';
import { useAuditStore } from './auditStore';
import { PackageContents } from './PackageContents';
import { PackageResultDialog } from './PackageResultDialog';
import { PackageScopeDialog } from './PackageScopeDialog';

type Step =
  | { readonly name: 'scope' }
  | { readonly name: 'sign'; readonly preview: PackagePreview }
  | { readonly name: 'done'; readonly exported: ExportedPackage };

/** Scope, then exactly what will be signed, then the written package and how to hand it over. */
export function ExportPackageDialog() {
  const isOpen = useAuditStore((state) => state.isExportOpen);
  const setOpen = useAuditStore((state) => state.setExportOpen);
  const search = useAuditStore((state) => state.search);
  const exporting = useCall('audit.exportPackage');
  const [step, setStep] = useState<Step>({ name: 'scope' });
  useEffect(() => {
    if (isOpen) setStep({ name: 'scope' });
  }, [isOpen]);

  const close = (): void => setOpen(false);
  async function onSign(preview: PackagePreview, signing: SigningAct): Promise<AppError | null> {
    const result = await exporting.run({ stageId: preview.stageId, signing });
    if (!result.ok) return result.error;
    setStep({ name: 'done', exported: result.value });
    void search('');
    return null;
  }

  const preview = step.name === 'sign' ? step.preview : null;
  return (
    <>
      <PackageScopeDialog
        opened={isOpen && step.name === 'scope'}
        onClose={close}
        onPreview={(next) => setStep({ name: 'sign', preview: next })}
      />
      <SignDialog
        opened={isOpen && preview !== null}
        onClose={close}
        title={`Sign the audit package of ${preview?.modelName ?? ''}`}
        recordSha256={preview?.manifestSha256 ?? null}
        choices={preview?.meanings ?? []}
        signLabel="Sign and export…"
        onSign={(act) => (preview === null ? Promise.resolve(null) : onSign(preview, act))}
      >
        {preview !== null && <PackageContents preview={preview} />}
      </SignDialog>
      <PackageResultDialog
        opened={isOpen && step.name === 'done'}
        exported={step.name === 'done' ? step.exported : null}
        onClose={close}
      />
    </>
  );
}
