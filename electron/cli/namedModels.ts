import { AppFailure } from '../../shared/ipc/errors';
import { modelsByName } from '../../shared/registry/listChannels';
import type { Model } from '../../shared/registry/model';
import { valueOf } from '../app/answer';
import type { CliCore } from './cliCore';

const PAGE = 200;
const NAMES_SHOWN = 20;

/** All models in the order of their names. */
export function allModels(cli: CliCore): Promise<readonly Model[]> {
  return search(cli, '');
}

/** @throws AppFailure NOT_FOUND with the names that there are */
export async function modelsNamed(
  cli: CliCore,
  name: string,
): Promise<readonly [Model, ...Model[]]> {
  const [first, ...rest] = (await search(cli, name)).filter((model) => model.name === name);
  if (first !== undefined) return [first, ...rest];
  const names = (await allModels(cli)).slice(0, NAMES_SHOWN).map((model) => model.name);
  throw new AppFailure(
    'NOT_FOUND',
    `There is no model named ${name}. There are: ${names.join(', ') || 'none'}.`,
  );
}

async function search({ call }: CliCore, text: string): Promise<readonly Model[]> {
  const found: Model[] = [];
  for (;;) {
    const page = valueOf<'registry.searchModels'>(
      await call('registry.searchModels', modelsByName(text, PAGE, found.length)),
    );
    found.push(...page.models);
    if (page.models.length < PAGE) return found;
  }
}
