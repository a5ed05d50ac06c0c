import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { formatBytes } from '../../shared/base/formatNumber';
import type { ModelVersionId } from '../../shared/base/ids';
import { AppFailure } from '../../shared/ipc/errors';
import type { Model } from '../../shared/registry/model';
import { EXPORT_FORMATS, type ExportFormat } from '../../shared/registry/exportChannels';
import { valueOf } from '../app/answer';
import { withCliCore, type CliCore } from './cliCore';
import { modelsNamed } from './namedModels';
import { onWorkspace, print, unlock, type UnlockOptions } from './unlockFirst';

interface ExportOptions extends UnlockOptions {
  readonly model: string;
  readonly version?: string;
  readonly format: ExportFormat;
  readonly out: string;
}

/** `assay registry export FOLDER --model NAME [--version N] --format F --out FILE` */
export function addRegistryExport(registry: Command): void {
  onWorkspace(registry.command('export'))
    .description('Write a model, or one version of it, into a file.')
    .requiredOption('--model <name>', 'name of the model')
    .option('--version <n>', 'number of the version (default: all versions)')
    .addOption(
      new Option('--format <format>', 'json, a bundle for MLflow (ZIP), or a CycloneDX 1.6 ML-BOM')
        .choices(EXPORT_FORMATS)
        .makeOptionMandatory(),
    )
    .requiredOption('--out <file>', 'the file to write; one that is there is not replaced')
    .action(exportFromRegistry);
}

function exportFromRegistry(folder: string, options: ExportOptions): Promise<void> {
  const savePath = resolve(options.out);
  return withCliCore({ savePath }, async (cli) => {
    // The desktop's dialog asks before it replaces a file; here nobody can be asked.
    if (existsSync(savePath)) {
      throw new AppFailure(
        'CONFLICT',
        `${savePath} is there already. Nothing was written; give --out a new name.`,
      );
    }
    await unlock(cli, folder, options);
    const [found] = await modelsNamed(cli, options.model);
    const file = await exportFound(cli, found, options);
    print(options, file, [
      `Wrote ${file.path} (${formatBytes(file.sizeBytes)}).`,
      `SHA-256: ${file.sha256}`,
    ]);
  });
}

async function exportFound(
  { call }: CliCore,
  model: Model,
  { version: number, format }: ExportOptions,
) {
  if (number === undefined) {
    return valueOf<'registry.exportModel'>(
      await call('registry.exportModel', { modelId: model.id, format }),
    );
  }
  const versionId = await findVersion(call, model, number);
  return valueOf<'registry.exportVersion'>(
    await call('registry.exportVersion', { versionId, format }),
  );
}

/** Versions count up from 1 and are never taken out, so the number is the place. */
async function findVersion(
  call: CliCore['call'],
  { id: modelId, name, nVersions }: Model,
  number: string,
): Promise<ModelVersionId> {
  const place = /^[1-9]\d{0,8}$/.test(number) ? Number(number) : 0;
  if (place === 0 || place > nVersions) {
    throw new AppFailure(
      'NOT_FOUND',
      `${name} has no version ${number}. Nothing was written. It has ${nVersions === 0 ? 'none' : `1 to ${nVersions}`}.`,
    );
  }
  const filters = { text: '', stage: null, alias: null, tag: null, hasReference: null };
  const { versions } = valueOf<'registry.searchVersions'>(
    await call('registry.searchVersions', {
      ...filters,
      modelId,
      sort: 'oldest',
      offset: place - 1,
      limit: 1,
    }),
  );
  const [found] = versions;
  if (found === undefined) throw new Error(`version ${number} is counted, but not there`);
  return found.id;
}
