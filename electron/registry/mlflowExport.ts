import type {
  DatasetDigest,
  MetricPoint,
  ModelVersion,
  VersionSnapshot,
} from '../../shared/registry/model';
import { writeZip } from '../io/zip';
import type { ExportContent } from './exportContent';
import { MLFLOW_LIMITS, underMlflowNames } from './mlflowNames';
import { versionJson } from './versionJson';

/**
 * A model with versions as a ZIP that `import-model` of mlflow-export-import reads once it is unpacked.
 *
 * Layout: `model.json`, and for each version `<run id>/run.json` with the whole record beside it as an
 * artefact. Assay keeps no runs, so each version stands for one. Names that MLflow would refuse are changed
 * and told in a tag; values that are too long for it are cut there and whole in the artefact.
 *
 * @returns a ZIP in canonical form; the same content gives the same bytes
 * @source mlflow-export-import: model/import_model.py, run/import_run.py, run/run_data_importer.py
 * Cost: O(size of the records)
 */
export function mlflowExport(content: ExportContent): Uint8Array {
  const files = new Map<string, Uint8Array>();
  files.set('model.json', exportFile(content, { registered_model: registeredModel(content) }));
  for (const version of content.versions) {
    const runId = runIdOf(version);
    files.set(`${runId}/run.json`, exportFile(content, runOf(version)));
    files.set(
      `${runId}/artifacts/assay-version.json`,
      versionJson({ ...content, versions: [version] }),
    );
  }
  return writeZip(files);
}

/** MLflow's run identifiers are 32 hexadecimal digits. */
function runIdOf({ id }: Pick<ModelVersion, 'id'>): string {
  return id.replaceAll('-', '');
}

/** Every file of such an export has these three parts; nothing about this machine goes into the first. */
function exportFile({ exportedAtUtc, appVersion }: ExportContent, mlflow: object): Uint8Array {
  const system = {
    package_version: `assay-${appVersion}`,
    script: 'assay registry export',
    export_file_version: '2',
    export_time: Math.floor(Date.parse(exportedAtUtc) / 1000),
    _export_time: exportedAtUtc.slice(0, 19).replace('T', ' '),
    mlflow_version: '',
    mlflow_tracking_uri: '',
    platform: { python_version: '', system: '' },
    user: '',
  };
  return Buffer.from(`${JSON.stringify({ system, info: {}, mlflow }, null, 2)}\n`, 'utf8');
}

function registeredModel({ model, versions }: ExportContent): object {
  const created = Date.parse(model.createdAtUtc);
  const newest = Math.max(created, ...versions.map(({ snapshot }) => msOf(snapshot)));
  const { name, purpose, owner, intendedUse, riskClass, tags } = model;
  const facts = {
    'assay.model_id': model.id,
    'assay.owner': owner,
    ...(intendedUse === '' ? {} : { 'assay.intended_use': intendedUse }),
    ...(riskClass === null ? {} : { 'assay.risk_class': riskClass }),
    ...Object.fromEntries(tags.map((tag) => [tag, ''])),
  };
  return {
    name,
    creation_timestamp: created,
    last_updated_timestamp: newest,
    description: purpose,
    tags: Object.entries(facts).map(([key, value]) => ({ key, value: cutTag(value) })),
    versions: versions.map((version) => modelVersion(name, version)),
  };
}

function modelVersion(name: string, version: ModelVersion): object {
  const { snapshot, stage, aliases, tags } = version;
  const runId = runIdOf(version);
  const artifacts = `assay/${runId}/artifacts`;
  return {
    name,
    version: String(snapshot.version),
    creation_timestamp: msOf(snapshot),
    last_updated_timestamp: msOf(snapshot),
    current_stage: stage,
    description: snapshot.description,
    user_id: '',
    // The importer finds the path of the model after the run's identifier: here, all of its artefacts.
    source: artifacts,
    run_id: runId,
    run_link: snapshot.runLink ?? '',
    status: 'READY',
    status_message: '',
    tags: {
      ...Object.fromEntries(tags.map((tag) => [tag, ''])),
      ...identityTags(version),
    },
    aliases,
    _run_artifact_uri: artifacts,
    _experiment_name: name,
  };
}

function runOf(version: ModelVersion): object {
  const { snapshot } = version;
  const runId = runIdOf(version);
  const parameters = underMlflowNames(snapshot.hyperparameters);
  const metrics = underMlflowNames({ ...pointsOf(snapshot), ...seriesOf(snapshot) });
  const runName = `${snapshot.modelName} ${snapshot.version}`;
  const renamed = { ...parameters.renamed, ...metrics.renamed };
  const datasets = datasetInputs(snapshot);
  return {
    info: {
      run_id: runId,
      run_uuid: runId,
      run_name: runName,
      experiment_id: '0',
      user_id: '',
      status: 'FINISHED',
      start_time: msOf(snapshot),
      end_time: msOf(snapshot),
      lifecycle_stage: 'active',
      artifact_uri: `assay/${runId}/artifacts`,
    },
    params: Object.fromEntries(
      Object.entries(parameters.values).map(([key, value]) => [key, paramText(value)]),
    ),
    metrics: metrics.values,
    tags: {
      'mlflow.runName': runName,
      'mlflow.note.content': cutTag(snapshot.description),
      ...identityTags(version),
      ...(Object.keys(renamed).length === 0
        ? {}
        : { 'assay.renamed': cutTag(JSON.stringify(renamed)) }),
    },
    ...(datasets.length === 0 ? {} : { inputs: { dataset_inputs: datasets } }),
  };
}

function identityTags({ id, snapshotSha256, signature }: ModelVersion): Record<string, string> {
  return {
    'assay.version_id': id,
    'assay.snapshot_sha256': snapshotSha256,
    'assay.signed_by': signature.printedName,
    'assay.key_sha256': signature.keyId,
  };
}

function msOf({ registeredAtUtc }: Pick<VersionSnapshot, 'registeredAtUtc'>): number {
  return Date.parse(registeredAtUtc);
}

interface MlflowPoint {
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly step: number;
}

function pointsOf(snapshot: VersionSnapshot): Record<string, MlflowPoint[]> {
  const timestamp = msOf(snapshot);
  return Object.fromEntries(
    Object.entries(snapshot.metrics).map(([key, value]) => [key, [{ value, timestamp, step: 0 }]]),
  );
}

function seriesOf(snapshot: VersionSnapshot): Record<string, MlflowPoint[]> {
  const toPoint = ({ step, value, atUtc }: MetricPoint): MlflowPoint => ({
    value,
    timestamp: atUtc === null ? msOf(snapshot) : Date.parse(atUtc),
    step,
  });
  return Object.fromEntries(
    Object.entries(snapshot.metricSeries ?? {})
      .filter(([, points]) => points.length > 0)
      .map(([key, points]) => [key, points.map(toPoint)]),
  );
}

/** As Python prints them, which is what MLflow's own clients write. */
function paramText(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return cutTo(String(value), MLFLOW_LIMITS.paramValue);
}

function cutTag(text: string): string {
  return cutTo(text, MLFLOW_LIMITS.tagValue);
}

/** Never in the middle of a character. */
function cutTo(text: string, length: number): string {
  return text.length <= length
    ? text
    : text
        .slice(0, length)
        .toWellFormed()
        .replace(/\uFFFD$/, '');
}

function datasetInputs({ trainingData, datasets = [] }: VersionSnapshot): object[] {
  const training: DatasetDigest[] =
    trainingData === null
      ? []
      : [
          {
            name: trainingData.fileName,
            role: 'training',
            digest: trainingData.sha256,
            source: `sha256:${trainingData.sha256}`,
          },
        ];
  return [...training, ...datasets].map(({ name, role, digest, source }) => ({
    tags: [{ key: 'mlflow.data.context', value: role }],
    dataset: {
      name,
      digest: digest.slice(0, MLFLOW_LIMITS.datasetDigest),
      source_type: 'local',
      source: JSON.stringify({ uri: source, digest }),
      schema: '',
      profile: '',
    },
  }));
}
