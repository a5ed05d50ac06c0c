import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { formatBytes, formatCount } from '../../shared/base/formatNumber';
import type {
  BrokenPart,
  ImportCandidate,
  ImportedVersions,
  InspectedStore,
} from '../../shared/registry/importChannels';
import { valueOf } from '../app/answer';
import { withCliCore, type CliCore } from './cliCore';
import { EXIT } from './exitCode';
import { formatTable } from './formatTable';
import { onWorkspace, openLocked, print, type UnlockOptions } from './unlockFirst';

interface ImportOptions extends UnlockOptions {
  readonly dryRun: boolean;
  readonly allRuns: boolean;
  readonly reason: string;
}

/** `assay registry import FOLDER PATH [--dry-run] [--all-runs] [--reason TEXT]` */
export function addRegistryImport(registry: Command): void {
  onWorkspace(registry.command('import'))
    .description(
      'Import versions from MLflow: an mlruns folder, mlflow.db, an export of mlflow-export-import, or an MLmodel file.',
    )
    .argument('<path>', 'the folder or file to read; it is not changed')
    .option('--dry-run', 'say what would be imported, and record nothing', false)
    .option('--all-runs', 'also import runs that no registered version names', false)
    .option('--reason <text>', 'goes on record with the signatures', 'Imported from MLflow.')
    .addHelpText(
      'after',
      '\nExit codes: 0 done; 1 done, and parts could not be read (they are listed); 2 could not be done.',
    )
    .action(importStore);
}

function importStore(folder: string, path: string, options: ImportOptions): Promise<void> {
  return withCliCore({}, async (cli) => {
    const person = await openLocked(cli, folder, options);
    const status = valueOf<'vault.unlock'>(await cli.call('vault.unlock', person));
    const printedName = status.state === 'unlocked' ? status.person.printedName : null;
    const source = { token: cli.tokens.tokenFor(resolve(path)) };
    const store = valueOf<'registry.inspectImport'>(
      await cli.call('registry.inspectImport', { source }),
    );
    const chosen = store.candidates.filter((one) => isChosen(one, options));
    const signing = {
      meaning: 'responsibility' as const,
      reason: options.reason,
      passphrase: person.passphrase,
      printedName,
    };
    const imported =
      options.dryRun || chosen.length === 0
        ? null
        : await importChosen(cli, store, chosen, signing);
    const { candidates: _all, stageId: _staged, ...facts } = store;
    print(options, { ...facts, chosen, imported }, toLines(store, chosen, imported, options));
    const nProblems = store.nBroken + (imported?.notes.length ?? 0) + (imported?.nLeft ?? 0);
    process.exitCode = nProblems === 0 ? EXIT.done : EXIT.found;
  });
}

/** What is new or changed; runs that were never registered only where they were asked for. */
function isChosen(
  { state, version, isSuggested }: ImportCandidate,
  { allRuns }: ImportOptions,
): boolean {
  return isSuggested || (allRuns && version === null && state !== 'known');
}

async function importChosen(
  { call }: CliCore,
  { stageId }: InspectedStore,
  chosen: readonly ImportCandidate[],
  signing: Parameters<typeof call<'registry.importVersions'>>[1]['signing'],
): Promise<ImportedVersions> {
  const keys = chosen.map(({ key }) => key);
  return valueOf<'registry.importVersions'>(
    await call('registry.importVersions', { stageId, keys, signing }),
  );
}

function toLines(
  store: InspectedStore,
  chosen: readonly ImportCandidate[],
  imported: ImportedVersions | null,
  { dryRun }: ImportOptions,
): readonly string[] {
  const nKnown = store.candidates.filter(({ state }) => state === 'known').length;
  const { sourceName, nRuns, nFilesRead, sourceSha256 } = store;
  const table = formatTable(
    ['state', 'model', 'version there', 'run', 'artefacts', 'changes'],
    chosen.map((one) => [
      one.state,
      one.modelName,
      one.version ?? '',
      one.runId ?? '',
      one.nArtefacts === 0
        ? ''
        : `${formatCount(one.nArtefacts)} (${formatBytes(one.artefactBytes)})`,
      one.changes.join('; '),
    ]),
  );
  return [
    `${basename(sourceName)}: ${formatCount(nRuns)} runs, ${formatCount(store.candidates.length)} candidates, ${formatCount(nKnown)} known already with the same content.`,
    `Read ${formatCount(nFilesRead)} files; SHA-256 over them: ${sourceSha256}`,
    ...(chosen.length === 0 ? ['Nothing new or changed to import.'] : ['', table]),
    ...brokenLines(store),
    ...(imported === null ? [] : importedLines(imported)),
    ...(dryRun ? ['', 'Dry run: nothing was recorded.'] : []),
  ];
}

function brokenLines({ broken, nBroken }: InspectedStore): readonly string[] {
  if (nBroken === 0) return [];
  return [
    '',
    `${formatCount(nBroken)} parts could not be taken over as they are:`,
    ...partLines(broken),
  ];
}

function importedLines({
  versions,
  nNewModels,
  nAliases,
  notes,
  nLeft,
}: ImportedVersions): readonly string[] {
  return [
    '',
    `Imported and signed ${formatCount(versions.length)} versions; ${formatCount(nNewModels)} new models, ${formatCount(nAliases)} aliases.`,
    ...(nLeft === 0
      ? []
      : [
          `Cancelled: ${formatCount(nLeft)} chosen versions were left. Run the same command again.`,
        ]),
    ...partLines(notes),
  ];
}

function partLines(parts: readonly BrokenPart[]): readonly string[] {
  return parts.map(({ file, problem }) => `  ${file}: ${problem}`);
}
