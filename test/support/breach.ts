import type { ModelVersionId } from '../../shared/base/ids';
import type { RuleAction } from '../../shared/handoff/ruleAction';
import type { MetricRule } from '../../shared/performance/performancePolicy';
import type { SignableRef } from '../../shared/vault/signable';
import { asPerson } from './handoff';
import { bring, nextVersion, setGates } from './lifecycle';
import { passphraseOf, signAs } from './people';
import { importLog, scoredLog } from './predictions';
import { csvFile, okValue, type TestModel } from './testModel';

/** Accuracy below 70 % is broken, in the bare form of the rule. */
function accuracyRule(action: MetricRule['action']): MetricRule {
  return {
    id: 'accuracy',
    metric: 'accuracy',
    segment: null,
    direction: 'below',
    comparison: 'absolute',
    threshold: 0.7,
    minN: 10,
    consecutive: 1,
    certainty: 'source',
    severity: 'critical',
    action,
    isEnabled: true,
  };
}

/** Sets the one rule of a model: low accuracy leads to this. */
export async function leadsTo(
  { call, modelId }: TestModel,
  action: MetricRule['action'],
  revision = 0,
): Promise<void> {
  const policy = { rules: [accuracyRule(action)] };
  okValue<'performance.setPolicy'>(
    await call('performance.setPolicy', { modelId, policy, reason: `Lead to ${action}`, revision }),
  );
}

/** Two versions were live one after the other; answers the second, which is live now. */
export async function twoLive(model: TestModel): Promise<ModelVersionId> {
  await setGates(model, {});
  await bring(model, model.versionId, 'Staging');
  await bring(model, model.versionId, 'Production');
  const second = await nextVersion(model);
  await bring(model, second, 'Staging');
  await bring(model, second, 'Production');
  return second;
}

let nWindows = 0;

/** Imports a window of which 4 in 5 predictions come true, or 1 in 5. */
export async function importWindow(
  model: TestModel,
  versionId: ModelVersionId,
  which: 'good' | 'bad',
): Promise<void> {
  nWindows += 1;
  const { log, outcomes } = scoredLog(40, `w${nWindows}`);
  const flipped = outcomes['y']!.map((y) => (y === 'yes' ? 'no' : 'yes'));
  const outcomesFile = csvFile({
    id: outcomes['id']!,
    y: which === 'good' ? outcomes['y']! : flipped,
  });
  const changes = { label: `Window ${nWindows}`, outcomes: outcomesFile };
  okValue<'performance.importLog'>(await importLog({ ...model, versionId }, csvFile(log), changes));
}

/** Somebody who may promote approves the performance rules by signature. */
export function approveRules(model: TestModel, name: string): Promise<unknown> {
  return approveAs(model, name, { recordType: 'performance.policy', recordId: model.modelId });
}

/** Somebody else approves a record by signature; the first one is signed in after. */
export function approveAs(model: TestModel, name: string, ref: SignableRef): Promise<unknown> {
  const typed = { printedName: name, passphrase: passphraseOf(name) };
  return asPerson(model, name, async () =>
    okValue<'vault.signRecord'>(
      await signAs(model.call, 'vault.signRecord', ref, 'approval', typed),
    ),
  );
}

export async function actionsOf({ call, modelId }: TestModel): Promise<readonly RuleAction[]> {
  return okValue<'handoff.listActions'>(await call('handoff.listActions', { modelId }));
}
