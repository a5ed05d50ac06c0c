import { randomUUID } from 'node:crypto';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type {
  ExportedFile,
  ExportFormat,
  exportChannels,
} from '../../shared/registry/exportChannels';
import type { Model, ModelVersion } from '../../shared/registry/model';
import type { AppContext } from '../app/context';
import { cardForBom } from '../card/cardExportService';
import { recordSignatures } from '../vault/signingService';
import { findKeys } from '../vault/vaultService';
import { cycloneDx } from './cycloneDx';
import type { BomCard, ExportContent, ExportedSignature } from './exportContent';
import { pickExportFile, writeExportFile } from './exportFile';
import { mlflowExport } from './mlflowExport';
import { requireModel, requireVersion, wholeVersions } from './registryService';
import { versionJson } from './versionJson';

type Input<K extends keyof typeof exportChannels> = InputOf<(typeof exportChannels)[K]>;

const EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  json: 'json',
  mlflow: 'zip',
  cyclonedx: 'cdx.json',
};

/**
 * Writes one version into a file where the person says: JSON, a bundle for MLflow or a CycloneDX ML-BOM.
 *
 * File and audit event (with the file's SHA-256) come into being together. No row of any data is in it.
 *
 * @throws AppFailure NOT_FOUND, CANCELLED (dialog closed), STORAGE (the file cannot be written; nothing is
 *   recorded then)
 */
export async function exportVersion(
  ctx: AppContext,
  { versionId, format }: Input<'registry.exportVersion'>,
): Promise<ExportedFile> {
  const version = requireVersion(ctx, versionId);
  const { modelId, modelName, version: number } = version.snapshot;
  const content = contentOf(ctx, requireModel(ctx, modelId), [version]);
  return writeExport(ctx, {
    action: 'registry.versionExported',
    subject: versionId,
    title: `Export version ${number} of ${modelName}`,
    name: `${modelName}-${number}`,
    format,
    content,
  });
}

/**
 * Writes a model with all its versions, as {@link exportVersion} does one.
 *
 * @throws AppFailure NOT_FOUND, INSUFFICIENT_DATA (no version yet), CANCELLED, STORAGE
 */
export async function exportModel(
  ctx: AppContext,
  { modelId, format }: Input<'registry.exportModel'>,
): Promise<ExportedFile> {
  const model = requireModel(ctx, modelId);
  const versions = wholeVersions(ctx.db, modelId);
  if (versions.length === 0) {
    throw new AppFailure(
      'INSUFFICIENT_DATA',
      `${model.name} has no version yet, so there is nothing to export. Nothing was written. Register a version first.`,
      { n: 0, required: 1 },
    );
  }
  return writeExport(ctx, {
    action: 'registry.modelExported',
    subject: modelId,
    title: `Export ${model.name}`,
    name: model.name,
    format,
    content: contentOf(ctx, model, versions.toReversed()),
  });
}

function contentOf(
  ctx: AppContext,
  model: Model,
  versions: readonly ModelVersion[],
): ExportContent {
  return {
    model,
    versions,
    signatures: versions.flatMap((version) => signaturesOf(ctx, version)),
    cards: new Map(
      versions.flatMap(({ id }): [string, BomCard][] => {
        const card = cardForBom(ctx, id);
        return card === null ? [] : [[id, card]];
      }),
    ),
    exportedAtUtc: ctx.nowUtc(),
    appVersion: ctx.ports.appVersion,
  };
}

function signaturesOf(ctx: AppContext, { id }: ModelVersion): ExportedSignature[] {
  const pemById = new Map(findKeys(ctx).map(({ keyId, publicKeyPem }) => [keyId, publicKeyPem]));
  return recordSignatures(ctx, 'registry.version', id).map((signature) => {
    const { printedName, meaning, reason, signedAtUtc, keyId } = signature;
    const { statementBase64, signatureBase64 } = signature;
    return {
      versionId: id,
      printedName,
      meaning,
      reason,
      signedAtUtc,
      keyId,
      publicKeyPem: pemById.get(keyId) ?? '',
      statementType: 'application/vnd.assay.record-signature+json',
      statementBase64,
      signatureBase64,
    };
  });
}

interface ExportTask {
  readonly action: string;
  readonly subject: string;
  readonly title: string;
  /** What the file is called unless the person says otherwise, without its ending. */
  readonly name: string;
  readonly format: ExportFormat;
  readonly content: ExportContent;
}

async function writeExport(ctx: AppContext, task: ExportTask): Promise<ExportedFile> {
  const { action, subject, title, name, format, content } = task;
  const path = await pickExportFile(ctx, { title, name, extension: EXTENSIONS[format] });
  return writeExportFile(ctx, path, { action, subject, format, bytes: build(format, content) });
}

function build(format: ExportFormat, content: ExportContent): Uint8Array {
  if (format === 'json') return versionJson(content);
  if (format === 'mlflow') return mlflowExport(content);
  return cycloneDx(content, randomUUID());
}
