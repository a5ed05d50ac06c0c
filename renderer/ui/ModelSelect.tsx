import type { SelectProps } from '@mantine/core';
import { modelsByName } from '../../shared/registry/listChannels';
import type { Model } from '../../shared/registry/model';
import { api } from '../api/client';
import { SearchedSelect, type Choice } from './SearchedSelect';

export type NamedModel = Pick<Model, 'name'> & { readonly id: string };

interface ModelSelectProps extends Pick<SelectProps, 'w' | 'required' | 'placeholder'> {
  readonly chosen: NamedModel | null;
  readonly onChoose: (model: NamedModel) => void;
}

const OFFERED = 50;

/** Chooses a model by a part of its name, owner, purpose or tags. */
export function ModelSelect({ chosen, onChoose, ...rest }: ModelSelectProps) {
  return (
    <SearchedSelect
      label="Model"
      nothingFound="No model matches."
      chosen={chosen === null ? null : choiceOf(chosen)}
      onChoose={({ value: id, label: name }) => onChoose({ id, name })}
      find={findModels}
      {...rest}
    />
  );
}

function choiceOf({ id, name }: NamedModel): Choice {
  return { value: id, label: name };
}

async function findModels(text: string, signal: AbortSignal): Promise<readonly Choice[]> {
  const result = await api['registry.searchModels'](modelsByName(text, OFFERED), { signal });
  return result.ok ? result.value.models.map(choiceOf) : [];
}
