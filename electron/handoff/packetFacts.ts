import type { PacketContent, PacketVersion } from '../../shared/handoff/packet';
import type { PipelineSettings } from '../../shared/handoff/pipelineSettings';

/** What manifests are made of. */
export interface PacketFacts {
  readonly packetId: string;
  readonly modelId: string;
  readonly modelName: string;
  readonly number: number;
  readonly revision: number;
  /** SHA-256 of the record that was approved. */
  readonly recordSha256: string;
  readonly content: PacketContent;
}

/** A name that Kubernetes takes, from a model's name and what follows it. */
export function kubernetesName(modelName: string, suffix: string): string {
  const plain = modelName
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const room = 63 - suffix.length - 1;
  const name = (plain === '' ? 'model' : plain).slice(0, room).replace(/-$/, '');
  return `${name}-${suffix}`;
}

/** What ties a manifest to its packet; also the labels of what Kubernetes runs. */
export function packetLabels({ number, packetId }: PacketFacts): Record<string, string> {
  return { 'assay/packet': packetId, 'assay/packet-number': String(number) };
}

/** Name and value of everything that a pipeline is given. */
export function parametersOf(facts: PacketFacts): Record<string, string> {
  const { content, packetId, modelName, recordSha256 } = facts;
  return {
    packet_id: packetId,
    packet_sha256: recordSha256,
    purpose: content.purpose,
    model: modelName,
    version: String(content.subject.version),
    ...Object.fromEntries(content.settings.parameters.map(({ name, value }) => [name, value])),
  };
}

/** Where the files of a version lie, by the template of the settings. */
export function modelUriOf(
  { modelUri }: NonNullable<PipelineSettings['seldon']>,
  modelName: string,
  { version, snapshotSha256 }: PacketVersion,
): string {
  return modelUri
    .replaceAll('{model}', encodeURIComponent(modelName))
    .replaceAll('{version}', String(version))
    .replaceAll('{snapshotSha256}', snapshotSha256);
}
