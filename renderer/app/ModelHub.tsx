import { ModelCards } from '../card/ModelCards';
import { ModelCanaries } from '../canary/ModelCanaries';
import { ModelMonitoring } from '../drift/ModelMonitoring';
import { ModelExplanations } from '../explanation/ModelExplanations';
import { ModelHandoff } from '../handoff/ModelHandoff';
import { RollbackNotice } from '../handoff/RollbackNotice';
import { ModelAlerts } from '../incident/ModelAlerts';
import { ModelPerformance } from '../performance/ModelPerformance';
import { ModelPage } from '../registry/ModelPage';

/** A model's page with what the other capabilities know about it. */
export function ModelHub({ modelId }: { readonly modelId: string }) {
  return (
    <ModelPage
      key={modelId}
      modelId={modelId}
      cards={<ModelCards modelId={modelId} />}
      monitoring={<ModelMonitoring modelId={modelId} />}
      performance={<ModelPerformance modelId={modelId} />}
      canaries={<ModelCanaries modelId={modelId} />}
      explanations={<ModelExplanations modelId={modelId} />}
      notice={<RollbackNotice modelId={modelId} />}
      handoff={<ModelHandoff modelId={modelId} />}
      alerts={<ModelAlerts modelId={modelId} />}
    />
  );
}
