import { dump } from 'js-yaml';
import type { ShownManifest } from '../../shared/handoff/packet';
import {
  schemaProblems,
  type ManifestKind,
  type ManifestProblem,
} from '../../shared/handoff/manifestSchemas';
import { lintWorkflow } from '../../shared/handoff/workflowLint';
import { argoWorkflow, kubeflowRun, repositoryDispatch, workflowFile } from './pipelineManifests';
import type { PacketFacts } from './packetFacts';
import { rollbackPlan } from './rollbackManifest';
import { seldonDeployment, seldonExperiment, seldonModels } from './seldonManifests';

interface Manifest {
  readonly path: string;
  readonly use: string;
  readonly kind: ManifestKind;
  /** One document, or several of a YAML stream; null where the packet or its settings ask for none. */
  readonly documents: (facts: PacketFacts) => readonly unknown[] | null;
}

/** Every file that a packet can hold for a pipeline, in the order in which people read them. */
const MANIFESTS: readonly Manifest[] = [
  {
    path: 'manifests/github/dispatch.json',
    use: 'Body of repository_dispatch for GitHub Actions',
    kind: 'repositoryDispatch',
    documents: repositoryDispatch,
  },
  {
    path: 'manifests/github/workflow.yml',
    use: 'Workflow that runs on this event; put it into .github/workflows',
    kind: 'githubWorkflow',
    documents: workflowFile,
  },
  {
    path: 'manifests/kubeflow/run.json',
    use: 'Body of POST /apis/v2beta1/runs for Kubeflow Pipelines',
    kind: 'kubeflowRun',
    documents: kubeflowRun,
  },
  {
    path: 'manifests/argo/workflow.yaml',
    use: 'Workflow for kubectl create (Argo)',
    kind: 'argoWorkflow',
    documents: argoWorkflow,
  },
  {
    path: 'manifests/seldon-v1/deployment.yaml',
    use: 'SeldonDeployment with the traffic (Seldon Core 1)',
    kind: 'seldonDeployment',
    documents: seldonDeployment,
  },
  {
    path: 'manifests/seldon-v2/models.yaml',
    use: 'The models that serve (Seldon Core 2)',
    kind: 'seldonModel',
    documents: seldonModels,
  },
  {
    path: 'manifests/seldon-v2/experiment.yaml',
    use: 'Experiment with the traffic (Seldon Core 2)',
    kind: 'seldonExperiment',
    documents: seldonExperiment,
  },
  {
    path: 'manifests/rollback.json',
    use: 'How to go back to the version before',
    kind: 'rollback',
    documents: rollbackPlan,
  },
];

/**
 * The files for pipelines that a packet makes, each checked against its schema; a workflow is linted too.
 *
 * The same facts give the same bytes.
 */
export function manifestsOf(facts: PacketFacts): ShownManifest[] {
  return MANIFESTS.flatMap(({ path, use, kind, documents }) => {
    const made = documents(facts);
    if (made === null) return [];
    const problems = made.flatMap((one) => problemsOf(kind, one));
    return [{ path, use, text: textOf(path, made), problems }];
  });
}

function problemsOf(kind: ManifestKind, document: unknown): ManifestProblem[] {
  const broken = schemaProblems(kind, document);
  return kind === 'githubWorkflow' ? [...broken, ...lintWorkflow(document)] : broken;
}

function textOf(path: string, documents: readonly unknown[]): string {
  if (path.endsWith('.json')) return `${JSON.stringify(documents[0], null, 2)}\n`;
  return documents.map((one) => dump(one, { lineWidth: -1, noRefs: true })).join('---\n');
}
