import {
  formatCount,
  formatPValue,
  formatShare,
  formatStatistic,
} from '../../shared/base/formatNumber';
import type { Meaning } from '../../shared/audit/signature';
import type { DriftReport, FeatureDrift } from '../../shared/drift/driftReport';
import { thresholdWords } from '../../shared/drift/featureThreshold';
import { multivariateSentences } from '../../shared/drift/multivariate';
import { METHOD_NAMES } from '../../shared/drift/driftVerdict';
import { lastOccurrence, type Alert } from '../../shared/incident/alert';
import { incidentSentence, type Incident } from '../../shared/incident/incident';
import type { ModelVersion } from '../../shared/registry/model';
import { escapeHtml, htmlDocument, htmlTable, sentenceHtml } from '../io/htmlDocument';
import type { Scope, ScopedRecords } from './packageRecords';
import { pictureSvg } from './pictureSvg';

/** Who signs the package, as it is printed. */
export interface PrintedSigner {
  readonly printedName: string;
  readonly role: string;
  readonly meaning: Meaning;
  readonly reason: string;
  readonly signedAtUtc: string;
  readonly keyId: string;
}

export interface ReportFacts {
  readonly workspaceName: string;
  readonly appVersion: string;
  readonly scope: Scope;
  /** SHA-256 over the list of records. */
  readonly recordsSha256: string;
  readonly signers: readonly PrintedSigner[];
}

/** The package's report for people: one self-contained page without script or URL. */
export function packageReport(records: ScopedRecords, facts: ReportFacts): string {
  const { model, versions, reports, alerts, incidents } = records;
  const newest = reports[0];
  return htmlDocument(`Audit package: ${model.name}`, [
    `<p class="finding">${sentenceHtml(newest?.summary.sentence ?? 'No live batch falls into this period.')}</p>`,
    aboutTable(records, facts),
    '<h2>Signatures</h2>',
    htmlTable(
      ['Printed name', 'Role', 'Meaning', 'Reason', 'Signed at (UTC)', 'Key'],
      facts.signers.map((signer) => [
        signer.printedName,
        signer.role,
        signer.meaning,
        signer.reason,
        signer.signedAtUtc,
        signer.keyId,
      ]),
    ),
    '<h2>Model versions</h2>',
    ...versions.map((version) => versionSection(version, signaturesOf(records, version.id))),
    '<h2>Model cards</h2>',
    cardTable(records),
    '<h2>Drift policy</h2>',
    signatureTable(signaturesOf(records, model.id)),
    '<h2>Live batches</h2>',
    reports.length === 0 ? '<p>None in this period.</p>' : batchTable(reports),
    ...reports.map(reportSection),
    '<h2>Alerts</h2>',
    alerts.length === 0
      ? '<p>None in this period.</p>'
      : htmlTable(
          ['Rule', 'Severity', 'Last finding', 'Raised (UTC)', 'Times', 'State', 'What was done'],
          alerts.map(alertCells),
        ),
    '<h2>Incidents</h2>',
    ...(incidents.length === 0
      ? ['<p>None of these alerts belongs to one.</p>']
      : incidents.map((incident) =>
          incidentSection(incident, facts.signers.at(-1)?.signedAtUtc ?? incident.openedAtUtc),
        )),
  ]);
}

function alertCells(alert: Alert): string[] {
  const { label, message } = lastOccurrence(alert);
  return [
    alert.rule,
    alert.severity,
    `${label}: ${message}`,
    alert.raisedAtUtc,
    formatCount(alert.occurrences.length),
    alert.owner === null ? alert.state : `${alert.state} (${alert.owner.printedName})`,
    alert.steps
      .map(({ act, atUtc, changedBy, text }) => `${atUtc} ${act} ${changedBy ?? ''}: ${text}`)
      .join('; '),
  ];
}

/** An incident as it stands: the finding, how long it took, the timeline and what was learnt. */
function incidentSection(incident: Incident, untilUtc: string): string {
  return [
    `<h3>${escapeHtml(incident.title)}</h3>`,
    `<p>${escapeHtml(incidentSentence(incident, untilUtc))}</p>`,
    htmlTable(
      ['Happened at (UTC)', 'What', 'Text', 'Evidence', 'Recorded by'],
      incident.entries.map(({ atUtc, kind, text, evidence, recordedBy }) => [
        atUtc,
        kind,
        text,
        evidence?.title ?? '',
        recordedBy,
      ]),
    ),
    `<p>${escapeHtml(incident.postMortem === '' ? 'No post-mortem was written yet.' : incident.postMortem)}</p>`,
  ].join('\n');
}

function aboutTable({ model, policy }: ScopedRecords, facts: ReportFacts): string {
  const { periodStart, periodEnd } = facts.scope;
  return htmlTable(
    ['About', ''],
    [
      ['Model', model.name],
      ['Purpose', model.purpose],
      ['Owner', model.owner],
      ['Period', `${periodStart ?? 'the beginning'} to ${periodEnd ?? 'the day of export'}`],
      ['Workspace', facts.workspaceName],
      [
        'Drift policy',
        `revision ${policy.revision}, threshold ${formatStatistic(policy.policy.threshold)}, alpha ${policy.policy.alpha}, correction ${policy.policy.correction}`,
      ],
      ['Records (SHA-256)', facts.recordsSha256],
      ['Made by', `Assay ${facts.appVersion}`],
    ],
  );
}

function cardTable({ cards }: ScopedRecords): string {
  if (cards.length === 0) return '<p>No version has a model card.</p>';
  return htmlTable(
    ['Version', 'State', 'Revision', 'Approved by', 'Stale figures', 'File'],
    cards.map(({ card: { version, state, head, stale, versionId } }) => [
      String(version),
      state,
      String(head.revision),
      head.approval === null
        ? 'nobody'
        : `${head.approval.approvedBy}, ${head.approval.approvedAtUtc}`,
      String(stale.length),
      `data/cards/${versionId}.html`,
    ]),
  );
}

function signaturesOf({ signatures }: ScopedRecords, recordId: string): RecordSignatures {
  return signatures.filter((signature) => signature.recordId === recordId);
}

type RecordSignatures = ScopedRecords['signatures'];

/** Printed name, time and meaning of every signature (21 CFR 11.50), and whether it still holds. */
function signatureTable(signatures: RecordSignatures): string {
  if (signatures.length === 0) return '<p>Nobody has signed it.</p>';
  return htmlTable(
    ['Printed name', 'Meaning', 'Reason', 'Signed at (UTC)', 'Record (SHA-256)', 'State', 'Key'],
    signatures.map((signature) => [
      signature.printedName,
      signature.meaning,
      signature.reason,
      signature.signedAtUtc,
      signature.recordSha256,
      signature.isCurrent ? 'current' : 'outdated: the record changed after it',
      signature.keyRevokedAtUtc === null
        ? signature.keyId
        : `${signature.keyId} (revoked ${signature.keyRevokedAtUtc})`,
    ]),
  );
}

function versionSection(
  { snapshot, snapshotSha256 }: ModelVersion,
  signatures: RecordSignatures,
): string {
  const facts: [string, string][] = [
    ['Description', snapshot.description],
    ['Registered (UTC)', snapshot.registeredAtUtc],
    [
      'Training data',
      snapshot.trainingData === null
        ? 'not given'
        : `${snapshot.trainingData.fileName}, SHA-256 ${snapshot.trainingData.sha256}`,
    ],
    ['Snapshot (SHA-256)', snapshotSha256],
  ];
  const figures = [
    ...Object.entries(snapshot.hyperparameters),
    ...Object.entries(snapshot.metrics),
  ];
  return [
    `<h3>Version ${snapshot.version}</h3>`,
    htmlTable(['Fact', ''], facts),
    signatureTable(signatures),
    htmlTable(
      ['Hyperparameter or metric', 'Value'],
      figures.map(([name, value]) => [name, String(value)]),
    ),
  ].join('\n');
}

function batchTable(reports: readonly DriftReport[]): string {
  return htmlTable(
    ['Batch', 'Period', 'Rows', 'Finding', 'File (SHA-256)'],
    reports.map(({ label, periodStart, periodEnd, nRows, summary, file }) => [
      label,
      `${periodStart ?? ''} to ${periodEnd ?? ''}`,
      formatCount(nRows),
      summary.sentence,
      `${file.fileName} ${file.sha256}`,
    ]),
  );
}

function reportSection(report: DriftReport): string {
  const header = [
    'Feature',
    'Verdict',
    'Statistic',
    'Corrected p',
    'By chance up to',
    'Threshold',
    'n reference / live',
    'Missing',
    'Distribution',
  ];
  return [
    `<h3>${escapeHtml(report.label)}</h3>`,
    `<p>${sentenceHtml(report.summary.sentence)}</p>`,
    ...(report.multivariate === null
      ? []
      : multivariateSentences(report.multivariate).map((text) => `<p>${sentenceHtml(text)}</p>`)),
    ...report.summary.outputs.map(({ sentence }) => `<p>${sentenceHtml(sentence)}</p>`),
    htmlTable(header, report.features.map(featureCells), ['Distribution']),
  ].join('\n');
}

function featureCells(feature: FeatureDrift): string[] {
  const chance = feature.chanceLimits[feature.primary] ?? feature.ks?.criticalD;
  return [
    feature.name,
    feature.verdict,
    feature.primaryValue === null
      ? feature.reason
      : `${METHOD_NAMES[feature.primary]} ${formatStatistic(feature.primaryValue)}`,
    feature.adjustedPValue === null ? '' : formatPValue(feature.adjustedPValue).replace('= ', ''),
    chance === undefined ? '' : formatStatistic(chance),
    thresholdWords(feature),
    `${formatCount(feature.nReference)} / ${formatCount(feature.nLive)}`,
    `${formatShare(feature.missingReference)} / ${formatShare(feature.missingLive)}`,
    feature.picture === null ? '' : pictureSvg(feature.picture, feature.name),
  ];
}
