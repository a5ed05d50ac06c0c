import { kubernetesName, packetLabels, parametersOf, type PacketFacts } from './packetFacts';

/** The payload has few properties at its top, because GitHub takes ten at most. */
export function repositoryDispatch(facts: PacketFacts): readonly unknown[] | null {
  const { github } = facts.content.settings;
  if (github === null) return null;
  return [{ event_type: github.eventType, client_payload: { assay: parametersOf(facts) } }];
}

/** A workflow for the event of {@link repositoryDispatch}, in the forms of the actions that are kept up. */
export function workflowFile(facts: PacketFacts): readonly unknown[] | null {
  const { github } = facts.content.settings;
  if (github === null) return null;
  // Through the environment, because an expression inside a command is a way in for whoever sends the event.
  const env = Object.fromEntries(
    Object.keys(parametersOf(facts)).map((name) => [
      `ASSAY_${name.toUpperCase().replaceAll('-', '_')}`,
      `\${{ github.event.client_payload.assay.${name} }}`,
    ]),
  );
  return [
    {
      name: `Assay hand-off for ${facts.modelName}`,
      on: { repository_dispatch: { types: [github.eventType] } },
      permissions: { contents: 'read' },
      jobs: {
        handoff: {
          'runs-on': 'ubuntu-latest',
          'timeout-minutes': 360,
          steps: [
            { uses: 'actions/checkout@v4' },
            {
              uses: 'actions/setup-python@v5',
              with: { 'python-version': github.pythonVersion },
            },
            ...github.commands.map((run) => ({ run, env })),
          ],
        },
      },
    },
  ];
}

export function kubeflowRun(facts: PacketFacts): readonly unknown[] | null {
  const { kubeflow } = facts.content.settings;
  if (kubeflow === null) return null;
  const { experimentId, pipelineId, pipelineVersionId, pipelineRoot, serviceAccount } = kubeflow;
  return [
    {
      display_name: `${facts.modelName}: packet ${facts.number}`,
      description: facts.content.request,
      ...(experimentId === null ? {} : { experiment_id: experimentId }),
      pipeline_version_reference: {
        pipeline_id: pipelineId,
        pipeline_version_id: pipelineVersionId,
      },
      runtime_config: {
        parameters: parametersOf(facts),
        ...(pipelineRoot === null ? {} : { pipeline_root: pipelineRoot }),
      },
      ...(serviceAccount === null ? {} : { service_account: serviceAccount }),
    },
  ];
}

export function argoWorkflow(facts: PacketFacts): readonly unknown[] | null {
  const { argo } = facts.content.settings;
  if (argo === null) return null;
  return [
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Workflow',
      metadata: {
        generateName: `${kubernetesName(facts.modelName, `packet-${facts.number}`)}-`,
        namespace: argo.namespace,
        labels: packetLabels(facts),
      },
      spec: {
        workflowTemplateRef: { name: argo.workflowTemplate },
        arguments: {
          parameters: Object.entries(parametersOf(facts)).map(([name, value]) => ({ name, value })),
        },
      },
    },
  ];
}
