import type { Model } from '../../shared/registry/model';
import { formatCount, formatNoun } from '../ui/formatNumber';
import type { StateBadgeProps } from '../ui/StateBadge';

/** How a model stands: its open alerts first, then whether anything was measured at all. */
export function modelState(
  model: Pick<Model, 'nOpenAlerts' | 'nBatches' | 'nVersions'>,
): Pick<StateBadgeProps, 'state' | 'label'> {
  if (model.nOpenAlerts > 0) {
    return { state: 'alert', label: formatNoun(model.nOpenAlerts, 'open alert') };
  }
  if (model.nVersions === 0) return { state: 'unknown', label: 'No version yet' };
  if (model.nBatches === 0) return { state: 'unknown', label: 'Not monitored yet' };
  return { state: 'ok', label: 'No open alert' };
}

/** A model's page in one sentence, from its figures. */
export function modelSentence(model: Model, nReferences: number): string {
  if (model.nVersions === 0) {
    return 'No version yet: register one to freeze what was trained, on which data, and by whom.';
  }
  const versionWords = formatNoun(model.nVersions, 'version');
  if (nReferences === 0) {
    return `${versionWords}, none with a reference profile yet: freeze one before importing live batches.`;
  }
  if (model.nBatches === 0) {
    return `${versionWords}, ${formatCount(nReferences)} with a reference profile; no live batch was imported yet.`;
  }
  const alerts =
    model.nOpenAlerts === 0 ? 'no open alert' : formatNoun(model.nOpenAlerts, 'open alert');
  return `${versionWords}, ${formatNoun(model.nBatches, 'live batch', 'live batches')} compared, ${alerts}.`;
}
