import type { InspectedColumn } from '../drift/column';
import type { ComputeSettings } from './computed';
import type { StagedModelData } from './modelChannels';
import type { OnnxFacts } from './onnxModel';

const MEANS_YES = /^(?:1|yes|y|true)$/iu;

/**
 * What to explain and against what, as a person would most likely choose: the output whose structure is known, the
 * second of two classes, and a label column where there is one.
 */
export function proposeSettings(
  { structure, structureOutput }: OnnxFacts,
  { outputs, targets }: Pick<StagedModelData, 'outputs' | 'targets'>,
  others: readonly InspectedColumn[],
): ComputeSettings {
  const own = outputs.filter(({ name }) => name === structureOutput);
  const choice = own.length > 0 ? own : outputs.filter(({ name }) => name === outputs[0]!.name);
  const roleOf = new Map(others.map(({ name, role }) => [name, role]));
  const label = targets.find(({ column }) => roleOf.get(column) === 'label');
  const positive = label?.values?.find((value) => MEANS_YES.test(value)) ?? label?.values?.[1];
  return {
    output: choice.length === 2 ? choice[1]! : choice[0]!,
    space: structure === 'additiveLogit' || structure === 'treesLogit' ? 'logit' : 'identity',
    idColumn: others.find(({ role }) => role === 'id')?.name ?? null,
    target: label === undefined ? null : { column: label.column, positive: positive ?? null },
    seed: 1,
    nCases: 200,
    nBackground: 50,
    nRepeats: 10,
  };
}
