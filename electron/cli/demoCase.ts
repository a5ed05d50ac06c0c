import { formatCount, formatStatistic } from '../../shared/base/formatNumber';
import type { ModelId } from '../../shared/base/ids';
import { incidentSentence } from '../../shared/incident/incident';
import { ask } from '../app/answer';
import type { CliCore } from './cliCore';
import { formatTable } from './formatTable';

/** What the workspace of the demo says about the case, in figures and in its own sentences. */
export interface ToldCase {
  readonly windows: readonly {
    readonly label: string;
    readonly version: number;
    readonly nLabelled: number;
    /** Null: no outcome has come yet. */
    readonly auc: number | null;
    readonly nBroken: number;
  }[];
  readonly canaries: readonly {
    readonly candidate: number;
    readonly control: number;
    readonly sentence: string;
  }[];
  readonly incidents: readonly string[];
  readonly liveVersion: number | null;
}

export async function readCase(
  { call, core }: Pick<CliCore, 'call' | 'core'>,
  modelId: ModelId,
): Promise<ToldCase> {
  const ctx = { call };
  const nowUtc = core.context.nowUtc();
  const { windows } = await ask(ctx, 'performance.overview', { modelId });
  const heads = await ask(ctx, 'canary.list', { modelId });
  const canaries = [];
  for (const { id: canaryId } of heads.toReversed())
    canaries.push(await ask(ctx, 'canary.get', { canaryId }));
  const incidents = await ask(ctx, 'incident.listIncidents', { modelId });
  const { live } = await ask(ctx, 'registry.liveAt', { modelId, atUtc: nowUtc });
  return {
    windows: windows.map(({ log, report: { measurement, findings } }) => ({
      label: log.label,
      version: log.version,
      nLabelled: measurement.join.nLabelled,
      auc: measurement.metrics.find(({ metric }) => metric === 'auc')?.value ?? null,
      nBroken: findings.filter(({ verdict }) => verdict === 'broken').length,
    })),
    canaries: canaries.map(({ candidate, control, judgement }) => ({
      candidate,
      control,
      sentence: judgement?.sentence ?? 'No rows yet.',
    })),
    incidents: incidents.map((one) => `${one.title}. ${incidentSentence(one, nowUtc)}`),
    liveVersion: live?.change.version ?? null,
  };
}

export function caseLines({ windows, canaries, incidents, liveVersion }: ToldCase): string[] {
  return [
    formatTable(
      ['predictions of', 'version', 'outcomes', 'AUC', 'rules broken'],
      windows.map(({ label, version, nLabelled, auc, nBroken }) => [
        label,
        String(version),
        formatCount(nLabelled),
        auc === null ? 'not yet' : formatStatistic(auc),
        String(nBroken),
      ]),
    ),
    '',
    ...canaries.map(
      ({ candidate, control, sentence }) =>
        `Canary of version ${candidate} against ${control}: ${sentence}`,
    ),
    '',
    ...incidents.map((sentence) => `Incident: ${sentence}`),
    `Live now: version ${liveVersion ?? 'none'}.`,
  ];
}
