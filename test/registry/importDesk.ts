import { wholeVersions } from '../../electron/registry/registryService';
import { join } from 'node:path';
import type { ImportedVersions, InspectedStore } from '../../shared/registry/importChannels';
import type { ModelVersion } from '../../shared/registry/model';
import { tempFolder } from '../support/tempFolder';
import type { TestCore } from '../support/testCore';
import { modelsOf, okValue, SIGNING } from '../support/testModel';
import { writeFolder, type FixtureStore } from './mlflowFixture';

/** Writes an `mlruns` folder that is deleted after the tests. */
export function newFolder(store: FixtureStore): string {
  return writeFolder(store, join(tempFolder(), 'mlruns'));
}

/** How a person signs for what they bring in: they are responsible for it, not its author. */
export const IMPORT_SIGNING = { ...SIGNING, meaning: 'responsibility' } as const;

/** Looks at a store as if the person had dropped it on the window. */
export async function inspect({ call, token }: TestCore, path: string): Promise<InspectedStore> {
  return okValue<'registry.inspectImport'>(
    await call('registry.inspectImport', { source: { token: token(path) } }),
  );
}

/** Looks at a store and imports what is suggested, or the given candidates. */
export async function importAll(
  test: TestCore,
  path: string,
  keys?: readonly string[],
): Promise<ImportedVersions> {
  const { stageId, candidates } = await inspect(test, path);
  const suggested = candidates.filter(({ isSuggested }) => isSuggested).map(({ key }) => key);
  return okValue<'registry.importVersions'>(
    await test.call('registry.importVersions', {
      stageId,
      keys: [...(keys ?? suggested)],
      signing: IMPORT_SIGNING,
    }),
  );
}

/** The versions of a model by its name, newest first. */
export async function versionsOf(test: TestCore, name: string): Promise<readonly ModelVersion[]> {
  const model = (await modelsOf(test)).find((one) => one.name === name);
  if (model === undefined) throw new Error(`there is no model ${name}`);
  return wholeVersions(test.core.context.vault.session()!.db, model.id);
}
