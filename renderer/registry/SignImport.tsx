import type { SigningAct } from '../../shared/audit/signature';
import type { AppError } from '../../shared/ipc/errors';
import type { InspectedStore } from '../../shared/registry/importChannels';
import type { MeaningChoice } from '../../shared/vault/signable';
import { formatBytes, formatCount, formatNoun } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { KeyValue } from '../ui/KeyValue';
import { ProgressDialog } from '../ui/ProgressDialog';
import { SignDialog } from '../ui/SignDialog';
import { useCall } from '../ui/useCall';
import { useImportStore } from './importStore';

/** Somebody else made these versions, so answering for them comes first. */
const CHOICES: readonly MeaningChoice[] = [
  { meaning: 'responsibility', obstacle: null },
  { meaning: 'authorship', obstacle: null },
];

interface SignImportProps {
  readonly store: InspectedStore;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Shows what an import records, and signs every version of it by one act. */
export function SignImport({ store, opened, onClose }: SignImportProps) {
  const importing = useCall('registry.importVersions');
  const chosen = useImportStore((state) => state.chosen);
  const keepImported = useImportStore((state) => state.keepImported);
  const candidates = store.candidates.filter(({ key }) => chosen.has(key));
  async function onSign(signing: SigningAct): Promise<AppError | null> {
    const result = await importing.run({ stageId: store.stageId, keys: [...chosen], signing });
    if (!result.ok) return result.error;
    onClose();
    keepImported(result.value);
    return null;
  }
  const nModels = new Set(candidates.map(({ modelName }) => modelName)).size;
  const newModels = candidates.filter(({ isNewModel }) => isNewModel);
  const nNewModels = new Set(newModels.map(({ modelName }) => modelName)).size;
  const nFiles = candidates.reduce((sum, { nArtefacts }) => sum + nArtefacts, 0);
  const bytes = candidates.reduce((sum, { artefactBytes }) => sum + artefactBytes, 0);
  const versions = formatNoun(candidates.length, 'version');
  return (
    <>
      <SignDialog
        opened={opened}
        onClose={onClose}
        title={`Sign and import ${versions}`}
        recordSha256={null}
        recordType="registry.version"
        choices={CHOICES}
        initialMeaning="responsibility"
        initialReason={`Import ${versions} from ${store.sourceName}.`}
        signLabel="Sign and import"
        onSign={onSign}
      >
        <KeyValue
          items={[
            { label: 'Versions', value: `${versions}, each signed and immutable` },
            {
              label: 'Models',
              value: `${formatCount(nModels)}, of which ${formatCount(nNewModels)} new`,
            },
            { label: 'Source', value: store.sourceName },
            {
              label: 'Bytes read',
              value: <HashText hash={store.sourceSha256} of="everything that was read" />,
            },
            {
              label: 'Artefacts',
              value:
                nFiles === 0
                  ? 'none in the store'
                  : `${formatNoun(nFiles, 'file')}, ${formatBytes(bytes)}; hashed before anything is signed`,
            },
            {
              label: 'Stages',
              value: 'kept as what MLflow said; stages here are given by people through gates',
            },
            { label: 'Aliases', value: 'set where they are free here' },
          ]}
        />
      </SignDialog>
      <ProgressDialog
        opened={importing.isRunning}
        title="Importing"
        progress={importing.progress}
        onCancel={importing.cancel}
      />
    </>
  );
}
