import type { ArtefactFile, ModelVersion } from '../../shared/registry/model';
import { datasetsOf, type BomDataset } from './cycloneDxData';
import type { ExportContent } from './exportContent';

interface Property {
  readonly name: string;
  readonly value: string;
}

/**
 * A model with versions as a CycloneDX 1.6 ML-BOM: one component per version with a model card, one per
 * dataset, and the files of a version inside it.
 *
 * What the standard has no place for (hyperparameters, Assay's identifiers, who signed) goes into
 * properties that begin with `assay:`.
 *
 * @param serial a UUID that is new for every document
 * @returns UTF-8 JSON; the same content and serial give the same bytes
 * @source CycloneDX 1.6 (ECMA-424); the official JSON schema checks it in test/registry/cycloneDx.test.ts
 * Cost: O(size of the records)
 */
export function cycloneDx(content: ExportContent, serial: string): Uint8Array {
  const { model, versions, exportedAtUtc, appVersion } = content;
  const datasets = new Map(
    versions.flatMap(({ snapshot }) => datasetsOf(snapshot)).map((data) => [data.ref, data]),
  );
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    metadata: {
      timestamp: exportedAtUtc,
      tools: { components: [{ type: 'application', name: 'Assay', version: appVersion }] },
      component: {
        type: 'machine-learning-model',
        'bom-ref': `model:${model.id}`,
        name: model.name,
        description: model.purpose,
        properties: modelProperties(content),
      },
    },
    components: [
      ...versions.map((version) => versionComponent(content, version)),
      ...[...datasets.values()].map(dataComponent),
    ],
    dependencies: [
      { ref: `model:${model.id}`, dependsOn: versions.map(refOf) },
      ...versions.map((version) => ({
        ref: refOf(version),
        dependsOn: [...new Set(datasetsOf(version.snapshot).map(({ ref }) => ref))],
      })),
    ],
  };
  return Buffer.from(`${JSON.stringify(document, null, 2)}\n`, 'utf8');
}

function refOf({ id }: ModelVersion): string {
  return `model-version:${id}`;
}

function modelProperties({ model }: ExportContent): Property[] {
  return [
    property('modelId', model.id),
    property('owner', model.owner),
    ...(model.riskClass === null ? [] : [property('euAiActRiskClass', model.riskClass)]),
    ...model.tags.map((tag) => property('tag', tag)),
  ];
}

function versionComponent(content: ExportContent, version: ModelVersion): object {
  const { snapshot } = version;
  const { artefacts = [] } = snapshot;
  return {
    type: 'machine-learning-model',
    'bom-ref': refOf(version),
    name: snapshot.modelName,
    version: String(snapshot.version),
    ...(snapshot.description === '' ? {} : { description: snapshot.description }),
    // A component has the hash of its bytes; a folder of files has none, its files have.
    ...(artefacts.length === 1 && artefacts[0] !== undefined
      ? { hashes: [sha256(artefacts[0].sha256)] }
      : {}),
    ...(artefacts.length === 0 ? {} : { components: artefacts.map(fileComponent) }),
    modelCard: modelCard(content, version),
    properties: versionProperties(version),
  };
}

function fileComponent({ path, sizeBytes, sha256: hash }: ArtefactFile): object {
  return {
    type: 'file',
    name: path,
    hashes: [sha256(hash)],
    properties: [property('sizeBytes', String(sizeBytes))],
  };
}

function sha256(content: string): object {
  return { alg: 'SHA-256', content };
}

/** The version's own model card over what its snapshot tells. */
function modelCard({ model, cards }: ExportContent, { id, snapshot }: ModelVersion): object {
  const card = cards.get(id) ?? {};
  const datasets = [...new Set(datasetsOf(snapshot).map(({ ref }) => ref))];
  const formats = (direction: 'input' | 'output'): object[] =>
    snapshot.schema
      .filter((column) => column.direction === direction)
      .map(({ name, type }) => ({ format: `${name}: ${type}` }));
  const metrics = Object.entries(snapshot.metrics);
  const intended = model.intendedUse === '' ? [] : [model.intendedUse];
  // Datasets are components of this very document.
  const { datasets: _foreign, ...parameters } = { datasets: null, ...card.modelParameters };
  const useCases = [...new Set([...intended, ...(card.considerations?.useCases ?? [])])];
  const considerations = {
    ...card.considerations,
    ...(useCases.length === 0 ? {} : { useCases }),
  };
  const analysis =
    metrics.length === 0
      ? undefined
      : { performanceMetrics: metrics.map(([type, value]) => ({ type, value: String(value) })) };
  return {
    modelParameters: {
      ...(datasets.length === 0 ? {} : { datasets: datasets.map((ref) => ({ ref })) }),
      inputs: formats('input'),
      outputs: formats('output'),
      ...parameters,
    },
    quantitativeAnalysis: card.quantitativeAnalysis ?? analysis,
    ...(Object.keys(considerations).length === 0 ? {} : { considerations }),
    properties: card.properties,
  };
}

function versionProperties({
  id,
  snapshot,
  snapshotSha256,
  stage,
  aliases,
  tags,
  signature,
}: ModelVersion): Property[] {
  return [
    property('versionId', id),
    property('snapshotSha256', snapshotSha256),
    property('stage', stage),
    property('registeredAtUtc', snapshot.registeredAtUtc),
    property('signedBy', signature.printedName),
    property('signatureKeySha256', signature.keyId),
    ...(snapshot.runLink === undefined ? [] : [property('runLink', snapshot.runLink)]),
    ...aliases.map((alias) => property('alias', alias)),
    ...tags.map((tag) => property('tag', tag)),
    ...Object.entries(snapshot.hyperparameters).map(([name, value]) =>
      property(`hyperparameter:${name}`, String(value)),
    ),
  ];
}

function property(name: string, value: string): Property {
  return { name: `assay:${name}`, value };
}

function dataComponent({ ref, name, digest, sha256: hash, role, source }: BomDataset): object {
  return {
    type: 'data',
    'bom-ref': ref,
    name,
    ...(hash === null ? {} : { hashes: [sha256(hash)] }),
    data: [{ type: 'dataset', name, description: `${role} data` }],
    properties: [
      ...(hash === null ? [property('digest', digest)] : []),
      ...(source === '' ? [] : [property('source', source)]),
    ],
  };
}
