import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { ExportedPackage } from '../../shared/audit/channels';
import { formatCount, formatStatistic } from '../../shared/base/formatNumber';
import type { DriftReport } from '../../shared/drift/driftReport';
import type { Alert } from '../../shared/incident/alert';
import { AppFailure } from '../../shared/ipc/errors';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { valueOf } from '../app/answer';
import { tellSampleStory, type SampleStory } from '../app/sampleStory';
import { withCliCore, type CliCore } from './cliCore';
import { caseLines, readCase, type ToldCase } from './demoCase';
import { formatTable } from './formatTable';

/** `assay demo [--out DIR]`: the main job on real data, from an empty folder to a verified package. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description(
      'Tell the whole case once on real data: drift, lost accuracy, incident, rollback, canary, outcomes, package.',
    )
    .option(
      '--out <folder>',
      'an empty or new folder for what it makes (default: a new temporary folder)',
    )
    .option('--json', 'print one JSON object and nothing else', false)
    .action(({ out, json }: { out?: string; json: boolean }) => {
      const folder = out === undefined ? mkdtempSync(join(tmpdir(), 'assay-demo-')) : resolve(out);
      const savePath = join(folder, 'audit-package.zip');
      return withCliCore({ savePath }, async (cli) => {
        requireEmptyFolder(folder);
        const demo = await runDemo(cli, join(folder, 'workspace'));
        process.stdout.write(`${json ? JSON.stringify(toJson(demo), null, 2) : toText(demo)}\n`);
      });
    });
}

interface Demo {
  readonly workspaceFolder: string;
  readonly story: SampleStory;
  readonly told: ToldCase;
  readonly alert: Alert;
  readonly exported: ExportedPackage;
  readonly isChainIntact: boolean;
  readonly nEvents: number;
}

function requireEmptyFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown reason';
    throw new AppFailure('STORAGE', `The folder ${folder} cannot be made: ${why}.`);
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new AppFailure(
      'CONFLICT',
      `${folder} is not empty. Nothing was written; give --out a new folder.`,
    );
  }
}

async function runDemo(cli: CliCore, workspaceFolder: string): Promise<Demo> {
  const { call, core, scope } = cli;
  const { passphrase, printedName } = SAMPLE_WORKSPACE;
  const { vault } = core.context;
  await vault.create({ ...SAMPLE_WORKSPACE, folder: workspaceFolder, isSample: true });
  const story = await tellSampleStory({ ...core.context, ...scope, call }, passphrase);
  const alert = await acknowledgeLatestAlert(cli, story);
  const { modelId } = story;
  const told = await readCase(cli, modelId);
  const preview = valueOf<'audit.previewPackage'>(
    await call('audit.previewPackage', { modelId, periodStart: null, periodEnd: null }),
  );
  const signing = {
    meaning: 'responsibility',
    reason: 'Demo of the main job',
    passphrase,
    printedName,
  } as const;
  const exported = valueOf<'audit.exportPackage'>(
    await call('audit.exportPackage', { stageId: preview.stageId, signing }),
  );
  const chain = valueOf<'audit.verifyChain'>(await call('audit.verifyChain', {}));
  if (!exported.verification.isValid)
    throw new AppFailure('INTEGRITY', 'The package just written does not verify.');
  return {
    workspaceFolder,
    story,
    told,
    alert,
    exported,
    isChainIntact: chain.isIntact,
    nEvents: chain.nEvents,
  };
}

async function acknowledgeLatestAlert({ call }: CliCore, { modelId }: SampleStory): Promise<Alert> {
  const [alert] = valueOf<'incident.listAlerts'>(await call('incident.listAlerts', { modelId }));
  if (alert === undefined) throw new AppFailure('INTEGRITY', 'The sample data raised no alert.');
  const reason =
    'Seen in the demo: the bank changed whom it calls, and the financial crisis moved the balances.';
  return valueOf<'incident.acknowledgeAlert'>(
    await call('incident.acknowledgeAlert', {
      alertId: alert.id,
      reason,
      revision: alert.revision,
    }),
  );
}

function toText(demo: Demo): string {
  const { workspaceFolder, story, told, alert, exported, isChainIntact, nEvents } = demo;
  const { sample, reports } = story;
  const inSample = sample.model.metrics.inSample;
  const last = reports.at(-1);
  return [
    `Model "${sample.model.name}", version 2 (${sample.model.algorithm}), signed by ${story.signature.printedName}.`,
    `On its reference window: accuracy ${formatStatistic(inSample['accuracy'] ?? 0)}, AUC ${formatStatistic(inSample['auc'] ?? 0)}.`,
    '',
    formatTable(
      ['live batch', 'rows', 'moved', 'not assessed', 'moved most'],
      reports.map(reportRow),
    ),
    '',
    `Last batch: ${last?.summary.sentence ?? ''}`,
    '',
    ...caseLines(told),
    '',
    `Alert (${alert.severity}) acknowledged by ${alert.steps.at(-1)?.changedBy ?? ''}.`,
    `Audit log: ${formatCount(nEvents)} events, ${isChainIntact ? 'verified' : 'BROKEN'}.`,
    `Package verified: ${exported.verification.steps.filter(({ status }) => status === 'passed').length} steps passed.`,
    '',
    `Workspace    ${workspaceFolder} (passphrase: ${SAMPLE_WORKSPACE.passphrase})`,
    `Package      ${exported.path}`,
    `HTML report  ${exported.reportPath}`,
    ...exported.keyFingerprints.map(
      ({ name, fingerprint }) => `Key          ${name}=${fingerprint}`,
    ),
    '',
    `Data: ${sample.citation} ${sample.licence.name}.`,
  ].join('\n');
}

function reportRow({ label, nRows, summary }: DriftReport): string[] {
  const { nDrifted, nFeatures, nAssessed, topFeature } = summary;
  return [
    label,
    formatCount(nRows),
    `${formatCount(nDrifted)} of ${formatCount(nFeatures)}`,
    formatCount(nFeatures - nAssessed),
    topFeature ?? '',
  ];
}

function toJson(demo: Demo): object {
  const { workspaceFolder, story, told, alert, exported, isChainIntact, nEvents } = demo;
  return {
    workspace: workspaceFolder,
    package: exported.path,
    report: exported.reportPath,
    keyFingerprints: exported.keyFingerprints,
    isPackageValid: exported.verification.isValid,
    isChainIntact,
    nEvents,
    alert: { id: alert.id, severity: alert.severity, state: alert.state },
    ...told,
    batches: story.reports.map(({ label, nRows, summary }) => ({ label, nRows, ...summary })),
  };
}
