import type { PacketVersion } from '../../shared/handoff/packet';
import { kubernetesName, modelUriOf, packetLabels, type PacketFacts } from './packetFacts';

/** A version that serves, with its share of the traffic in percent. */
interface Serving {
  readonly version: PacketVersion;
  readonly percent: number;
}

/** Who serves what when the packet is carried out; none for a training, which moves no traffic. */
function servingOf({ content }: PacketFacts): Serving[] {
  const { purpose, subject, live, candidatePercent } = content;
  if (purpose === 'retrain') return [];
  if (candidatePercent === null || live === null || live.versionId === subject.versionId)
    return [{ version: subject, percent: 100 }];
  return [
    // Rounded, so that 100 - 0.1 is what it reads as.
    { version: live, percent: Number((100 - candidatePercent).toFixed(1)) },
    { version: subject, percent: candidatePercent },
  ];
}

export function seldonDeployment(facts: PacketFacts): readonly unknown[] | null {
  const { seldon } = facts.content.settings;
  const serving = servingOf(facts);
  if (seldon === null || serving.length === 0) return null;
  const { deployment, namespace, implementation } = seldon;
  return [
    {
      apiVersion: 'machinelearning.seldon.io/v1',
      kind: 'SeldonDeployment',
      metadata: { name: deployment, namespace, labels: packetLabels(facts) },
      spec: {
        predictors: serving.map(({ version, percent }) => ({
          name: `v${version.version}`,
          replicas: 1,
          traffic: percent,
          graph: {
            name: 'classifier',
            implementation,
            modelUri: modelUriOf(seldon, facts.modelName, version),
            children: [],
          },
        })),
      },
    },
  ];
}

function modelName(facts: PacketFacts, { version }: PacketVersion): string {
  return kubernetesName(facts.modelName, `v${version}`);
}

export function seldonModels(facts: PacketFacts): readonly unknown[] | null {
  const { seldon } = facts.content.settings;
  const serving = servingOf(facts);
  if (seldon === null || serving.length === 0) return null;
  const { namespace, requirements, memory } = seldon;
  return serving.map(({ version }) => ({
    apiVersion: 'mlops.seldon.io/v1alpha1',
    kind: 'Model',
    metadata: { name: modelName(facts, version), namespace, labels: packetLabels(facts) },
    spec: {
      storageUri: modelUriOf(seldon, facts.modelName, version),
      requirements: [...requirements],
      memory,
    },
  }));
}

/** Weights are whole numbers there, so tenths of a percent are counted in thousandths of the traffic. */
export function seldonExperiment(facts: PacketFacts): readonly unknown[] | null {
  const { seldon } = facts.content.settings;
  const serving = servingOf(facts);
  const [first] = serving;
  if (seldon === null || first === undefined) return null;
  const isWhole = serving.every(({ percent }) => Number.isInteger(percent));
  return [
    {
      apiVersion: 'mlops.seldon.io/v1alpha1',
      kind: 'Experiment',
      metadata: {
        name: seldon.deployment,
        namespace: seldon.namespace,
        labels: packetLabels(facts),
      },
      spec: {
        default: modelName(facts, first.version),
        resourceType: 'model',
        candidates: serving.map(({ version, percent }) => ({
          name: modelName(facts, version),
          weight: isWhole ? percent : Math.round(percent * 10),
        })),
      },
    },
  ];
}
